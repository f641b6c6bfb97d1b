using System.Collections.Immutable;

namespace Nodal.Evaluation.Evidence;

/// <summary>Whether the circuit has left something out: what the rest of the model does alone, and whether circuit and model suffer alike from the loss of the same nodes.</summary>
/// <remarks>Wang et al. 2022, arXiv 2211.00593, section 4: completeness and its gap |m(C∖K) − m(M∖K)|. The complement alone, as a measure of what was left out: Shi et al. 2024, arXiv 2410.13032.</remarks>
public sealed record CompletenessEvidence
{
    /// <summary>The model with the circuit's leaves closed and all others open. A complete circuit leaves no behaviour to it.</summary>
    public required EvaluationRow Complement { get; init; }

    /// <summary>The model with every head and every MLP block that the circuit keeps a part of closed as a whole: K = C.</summary>
    public required EvaluationRow KnockOut { get; init; }

    /// <summary>Gaps of random K: each kept head and MLP block is in K with probability ½.</summary>
    public required ImmutableArray<CompletenessGap> Random { get; init; }

    /// <summary>Gaps of natural K: the kept heads, or the MLP block, of each layer; all kept nodes of each granularity.</summary>
    public required ImmutableArray<CompletenessGap> Groups { get; init; }

    /// <summary>Gaps of the K that a greedy search for a large gap has found, one more head or MLP block each.</summary>
    public required ImmutableArray<CompletenessGap> Greedy { get; init; }

    /// <summary>Mean gap of the random K, logits; <see langword="null"/> for an empty circuit.</summary>
    public required Estimate? MeanRandomGap { get; init; }

    /// <summary>Largest of all gaps, logits; <see langword="null"/> for an empty circuit.</summary>
    public required Estimate? LargestGap { get; init; }

    /// <summary>Circuits run; those of the greedy search on at most <see cref="PartRuns.SearchPairs"/> pairs, all others on all.</summary>
    public required int Runs { get; init; }
}
