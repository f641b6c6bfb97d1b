using System.Collections.Immutable;

namespace Nodal.Evaluation.Evidence;

/// <summary>Whether the method of a run finds what is known to be needed: in the transformers compiled by Tracr that come with Nodal, on all their inputs, with zero ablation.</summary>
/// <remarks>It speaks for the method, not for the circuit: the method runs there with its own defaults. Compiled transformers as a test of circuit discovery: Conmy et al. 2023, arXiv 2304.14997.</remarks>
public sealed record GroundTruthEvidence
{
    /// <summary>One for each compiled transformer.</summary>
    public required ImmutableArray<GroundTruthRow> Rows { get; init; }
}
