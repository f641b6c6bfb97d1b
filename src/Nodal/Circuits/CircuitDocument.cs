using System.Collections.Immutable;
using Nodal.Gates;

namespace Nodal.Circuits;

/// <summary><c>circuit.json</c> as it stands in the file; described field by field in docs/circuit.md.</summary>
public sealed record CircuitDocument
{
    /// <summary>Schema written now.</summary>
    public const string CurrentSchema = "nodal-circuit/1";

    /// <summary>Schema of the file.</summary>
    public required string Schema { get; init; }

    /// <summary>Where the circuit came from.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>Dimensions of its model.</summary>
    public required CircuitShape Shape { get; init; }

    /// <summary>Parameters of the really shrunk blocks.</summary>
    public required long Parameters { get; init; }

    /// <summary>The same as a fraction of all block parameters.</summary>
    public required double Size { get; init; }

    /// <summary>Kept nodes of each granularity.</summary>
    public required ImmutableSortedDictionary<Granularity, int> Counts { get; init; }

    /// <summary>Names of the kept nodes, closed, in the order of the layout.</summary>
    public required ImmutableArray<string> Nodes { get; init; }
}
