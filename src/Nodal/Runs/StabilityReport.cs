using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Gates;

namespace Nodal.Runs;

/// <summary>How far runs that differ in their seed alone agree, and what their consensus is worth; <c>stability.json</c>.</summary>
public sealed record StabilityReport
{
    /// <summary>Schema written now.</summary>
    public const string CurrentSchema = "nodal-stability/1";

    /// <summary>Schema of the file.</summary>
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>The runs, each with a folder of its own.</summary>
    public required ImmutableArray<SeedRun> Runs { get; init; }

    /// <summary>Overlap of the runs' chosen circuits.</summary>
    public required ImmutableSortedDictionary<Granularity, Overlap> Chosen { get; init; }

    /// <summary>At each size of the table, in the order they were asked for.</summary>
    public required ImmutableArray<SizeStability> Sizes { get; init; }
}
