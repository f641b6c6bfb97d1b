using System.Collections.Immutable;

namespace Nodal.Evaluation.Evidence;

/// <summary>Whether the circuit holds something it does not need.</summary>
/// <remarks>After Wang et al. 2022, arXiv 2211.00593, section 4.</remarks>
public sealed record MinimalityEvidence
{
    /// <summary>The largest drop of the logit difference that counts as none, as a share of the circuit's own.</summary>
    public required double Tolerance { get; init; }

    /// <summary>Every kept attention block, head and MLP block left out alone, the one that is missed most first.</summary>
    public required ImmutableArray<LeftOutNode> Nodes { get; init; }

    /// <summary>Share of these nodes whose drop is within the tolerance: each of them could go alone. <see langword="null"/> for an empty circuit.</summary>
    public required Estimate? Redundant { get; init; }

    /// <summary>The circuit after backward elimination.</summary>
    public required Elimination Elimination { get; init; }

    /// <summary>Circuits run; those of the elimination on at most <see cref="PartRuns.SearchPairs"/> pairs, all others on all.</summary>
    public required int Runs { get; init; }
}
