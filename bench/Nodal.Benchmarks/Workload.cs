using System.Collections.Immutable;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Tasks;

namespace Nodal.Benchmarks;

/// <summary>A model with pairs to take steps on.</summary>
internal sealed record Workload : IDisposable
{
    /// <summary>What it is, for the table's heading.</summary>
    public required string Name { get; init; }

    /// <summary>The model; owned.</summary>
    public required Transformer Model { get; init; }

    /// <summary>The training pairs.</summary>
    public required ImmutableArray<EncodedPair> Pairs { get; init; }

    /// <summary>Pairs of a step: the first so many.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Threads of every engine.</summary>
    public required int Threads { get; init; }

    /// <summary>Where the gates stand.</summary>
    public GateLayout Layout => new(Model.Config);

    /// <summary>Positions of a step's pairs.</summary>
    public int[] Batch => [.. Enumerable.Range(0, Math.Min(BatchSize, Pairs.Length))];

    /// <summary>The pairs of a step.</summary>
    public EncodedPair[] BatchPairs => [.. Batch.Select(pair => Pairs[pair])];

    public void Dispose() => Model.Dispose();
}
