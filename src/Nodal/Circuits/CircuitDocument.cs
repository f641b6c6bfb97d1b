using System.Collections.Immutable;
using Nodal.Gates;

namespace Nodal.Circuits;

/// <summary><c>circuit.json</c> as it stands in the file; described field by field in docs/circuit.md.</summary>
internal sealed record CircuitDocument
{
    public const string CurrentSchema = "nodal-circuit/1";

    public required string Schema { get; init; }

    public required Provenance Provenance { get; init; }

    public required CircuitShape Shape { get; init; }

    public required long Parameters { get; init; }

    public required double Size { get; init; }

    public required ImmutableSortedDictionary<Granularity, int> Counts { get; init; }

    public required ImmutableArray<string> Nodes { get; init; }
}
