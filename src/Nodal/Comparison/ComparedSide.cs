using System.Collections.Immutable;
using Nodal.Gates;

namespace Nodal.Comparison;

/// <summary>One side of a comparison, by itself.</summary>
public sealed record ComparedSide
{
    /// <summary>The circuit's file.</summary>
    public required string Circuit { get; init; }

    /// <summary>The model as it was named.</summary>
    public required string Model { get; init; }

    /// <summary>The task as it was named.</summary>
    public required string Task { get; init; }

    /// <summary>How the nodes were ranked.</summary>
    public required string Method { get; init; }

    /// <summary>What a closed node outputs.</summary>
    public required string Ablation { get; init; }

    /// <summary>Seed of the run.</summary>
    public required int Seed { get; init; }

    /// <summary>Parameters of the really shrunk blocks over those of all blocks.</summary>
    public required double Size { get; init; }

    /// <summary>Parameters of the really shrunk blocks.</summary>
    public required long Parameters { get; init; }

    /// <summary>Kept nodes of each granularity.</summary>
    public required ImmutableSortedDictionary<Granularity, int> Nodes { get; init; }

    /// <summary>Shares of nodes, and where in the depth of the model the circuit is: what can be compared between models of any dimensions.</summary>
    public required DepthProfile Depth { get; init; }
}
