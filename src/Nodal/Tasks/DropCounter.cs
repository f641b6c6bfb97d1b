using System.Collections.Immutable;

namespace Nodal.Tasks;

/// <summary>Counts what is dropped by reason, in the order in which reasons come up, with the first examples of each.</summary>
internal sealed class DropCounter
{
    private const int MaxExamples = 3;

    private readonly List<DroppedPairs> _reasons = [];

    public void Add(string reason, string example) => Add(new DroppedPairs(reason, 1, [example]));

    public void Add(DroppedPairs dropped)
    {
        var index = _reasons.FindIndex(known => known.Reason == dropped.Reason);
        if (index < 0)
        {
            _reasons.Add(dropped with { Examples = [.. dropped.Examples.Take(MaxExamples)] });
            return;
        }

        var known = _reasons[index];
        _reasons[index] = known with
        {
            Count = known.Count + dropped.Count,
            Examples = known.Examples.Length == MaxExamples ? known.Examples : [.. known.Examples.Concat(dropped.Examples).Take(MaxExamples)],
        };
    }

    public bool IsEmpty => _reasons.Count == 0;

    public ImmutableArray<DroppedPairs> ToImmutable() => [.. _reasons];

    /// <summary>For error messages: every reason with its count and one example.</summary>
    public string Describe() =>
        string.Join("; ", _reasons.Select(dropped => $"{dropped.Count} times {dropped.Reason} ({dropped.Examples.FirstOrDefault()})"));
}
