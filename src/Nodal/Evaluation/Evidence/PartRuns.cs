using Nodal.Circuits;
using Nodal.Patching;
using Nodal.Tasks;

namespace Nodal.Evaluation.Evidence;

/// <summary>Runs the circuits of one part of the evidence: counts them, reports, and hears cancellation.</summary>
internal sealed class PartRuns
{
    /// <summary>Pairs that a search decides on; what it found is then measured on all pairs.</summary>
    public const int SearchPairs = 64;

    /// <summary>Circuits run in one go: enough that what holds no gate, run once for all of them, costs little, and few enough that progress is seen.</summary>
    private const int Together = 16;

    private readonly EvidenceSetting _setting;
    private readonly EvidencePart _part;
    private readonly int _of;

    public PartRuns(EvidenceSetting setting, EvidencePart part, int of)
    {
        (_setting, _part, _of) = (setting, part, of);
        Searched = [.. setting.Pairs.Take(SearchPairs)];
        setting.Progress?.Report(new EvidenceProgress(part, 0, of));
    }

    /// <summary>The first of the pairs, for searches that would take too long on all of them.</summary>
    public IReadOnlyList<EncodedPair> Searched { get; }

    /// <summary>Circuits run so far.</summary>
    public int Count { get; private set; }

    /// <summary>Measures circuits on all pairs.</summary>
    /// <returns>Per circuit, per pair.</returns>
    public PairMetrics[][] Measure(params IReadOnlyList<NodeSet> circuits) => Measure(circuits, _setting.Pairs);

    /// <summary>Measures circuits on <see cref="Searched"/>.</summary>
    /// <returns>Per circuit, per pair.</returns>
    public PairMetrics[][] Search(params IReadOnlyList<NodeSet> circuits) => Measure(circuits, Searched);

    private PairMetrics[][] Measure(IReadOnlyList<NodeSet> circuits, IReadOnlyList<EncodedPair> pairs)
    {
        var measured = new List<PairMetrics[]>(circuits.Count);
        foreach (var chunk in circuits.Chunk(Together))
        {
            _setting.Cancellation.ThrowIfCancellationRequested();
            measured.AddRange(_setting.Runner.Measure(chunk, pairs, _setting.Cancellation));
            Count += chunk.Length;
            _setting.Progress?.Report(new EvidenceProgress(_part, Count, Math.Max(Count, _of)));
        }

        return [.. measured];
    }
}
