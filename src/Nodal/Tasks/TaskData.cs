using System.Collections.Immutable;

namespace Nodal.Tasks;

/// <summary>The pairs of one task in the tokens of one model, split by clean prompt; no prompt is in two splits.</summary>
public sealed record TaskData
{
    /// <summary>Name of the task (<c>ioi</c>) or of the file the pairs were read from.</summary>
    public required string Name { get; init; }

    /// <summary>Pairs the scores are trained on.</summary>
    public required ImmutableArray<EncodedPair> Train { get; init; }

    /// <summary>Pairs the size is selected on.</summary>
    public required ImmutableArray<EncodedPair> Selection { get; init; }

    /// <summary>Pairs only the final numbers are computed on.</summary>
    public required ImmutableArray<EncodedPair> Test { get; init; }

    /// <summary>What was dropped and why, one entry a reason.</summary>
    public ImmutableArray<DroppedPairs> Dropped { get; init; } = [];

    /// <summary>Pairs, kept in the splits, whose clean and corrupted tokens differ at the answer position: an all-closed model is not the corrupted run there.</summary>
    public int DifferingLastToken { get; init; }
}

/// <summary>Candidates dropped for one reason.</summary>
/// <param name="Reason">A sentence part: <c>clean and corrupted differ in token count</c>.</param>
/// <param name="Count">How many.</param>
/// <param name="Examples">Up to three of them by name or line.</param>
public sealed record DroppedPairs(string Reason, int Count, ImmutableArray<string> Examples)
{
    /// <summary>For a person: <c>3 pairs dropped: clean and corrupted differ in token count (such as line 4)</c>.</summary>
    public override string ToString() => $"{Count} {(Count == 1 ? "pair" : "pairs")} dropped: {Reason} (such as {string.Join("; ", Examples)})";
}
