using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Gates;

namespace Nodal.Evaluation.Evidence;

/// <summary>Whether the run's method finds the same circuit again with other seeds, on the same pairs and at the same size.</summary>
/// <remarks>
/// Nodal's own; the overlap is that of Jaccard 1912 (New Phytologist 11:37-50), what chance gives the expectation of <see cref="ChanceOverlap"/>.
/// The trainings are as short as those of <see cref="ControlsEvidence"/>: a circuit that differs may differ because it had fewer steps. <c>nodal discover --seeds</c> compares whole runs.
/// </remarks>
public sealed record StabilityEvidence
{
    /// <summary>Seeds of the trainings.</summary>
    public required ImmutableArray<int> Seeds { get; init; }

    /// <summary>What each of their circuits does, on all test pairs.</summary>
    public required ImmutableArray<EvaluationRow> Rows { get; init; }

    /// <summary>How far their circuits and the one in question agree: over all pairs of them.</summary>
    public required ImmutableSortedDictionary<Granularity, Overlap> Overlap { get; init; }

    /// <summary>The mean index that random sets of as many nodes would have.</summary>
    public required ImmutableSortedDictionary<Granularity, double> Chance { get; init; }

    /// <summary>Steps that they were trained for.</summary>
    public required int Steps { get; init; }

    /// <summary>Steps of the run.</summary>
    public required int RunSteps { get; init; }

    /// <summary>Circuits that were run.</summary>
    public required int Runs { get; init; }
}
