using System.Collections.Immutable;

namespace Nodal.Tasks;

/// <summary>Puts candidates into train, selection and test until each has its size; no prompt, clean or corrupted, comes into two of them.</summary>
internal sealed class SplitFiller(PairEncoder encoder, ImmutableArray<int> sizes, DropCounter drops)
{
    private readonly ImmutableArray<List<EncodedPair>> _splits = [.. sizes.Select(_ => new List<EncodedPair>())];
    private readonly Dictionary<string, int> _splitOfPrompt = [];
    private readonly HashSet<string> _cleanPrompts = [];

    public bool IsFull => _splits.Select(split => split.Count).SequenceEqual(sizes);

    public ImmutableArray<int> Counts => [.. _splits.Select(split => split.Count)];

    public PairSplits ToSplits() => new([.. _splits[0]], [.. _splits[1]], [.. _splits[2]]);

    /// <summary>Takes the candidate if it brings a new clean prompt, fits the tokenizer and a split that still has room may hold its prompts.</summary>
    public bool Offer(PromptPair candidate)
    {
        if (_cleanPrompts.Contains(candidate.Clean) || SplitFor(candidate) is not { } split)
        {
            return false;
        }

        if (encoder.Encode(candidate, out var dropped) is not { } encoded)
        {
            drops.Add(dropped!);
            return false;
        }

        _cleanPrompts.Add(candidate.Clean);
        _splitOfPrompt[candidate.Clean] = split;
        _splitOfPrompt[candidate.Corrupted] = split;
        _splits[split].Add(encoded);
        return true;
    }

    private int? SplitFor(PromptPair candidate)
    {
        int? clean = _splitOfPrompt.TryGetValue(candidate.Clean, out var cleanSplit) ? cleanSplit : null;
        int? corrupted = _splitOfPrompt.TryGetValue(candidate.Corrupted, out var corruptedSplit) ? corruptedSplit : null;
        if (clean is not null && corrupted is not null && clean != corrupted)
        {
            return null;
        }

        var split = clean ?? corrupted ?? Emptiest();
        return _splits[split].Count < sizes[split] ? split : null;
    }

    private int Emptiest() => Enumerable.Range(0, sizes.Length).MinBy(split => (double)_splits[split].Count / sizes[split]);
}
