namespace Nodal.Circuits;

/// <summary>Where a circuit came from.</summary>
public sealed record Provenance
{
    /// <summary>The model as it was named: an id or a path.</summary>
    public required string Model { get; init; }

    /// <summary>SHA-256 of the model's weight files.</summary>
    public required string ModelHash { get; init; }

    /// <summary>The task as it was named: a task or a pairs file.</summary>
    public required string Task { get; init; }

    /// <summary>How the nodes were ranked: <c>ranking</c>, <c>paper</c>, <c>attribution-patching</c> and so on.</summary>
    public required string Method { get; init; }

    /// <summary>What a closed node outputs: <c>Counterfactual</c>, <c>Mean</c>, <c>Zero</c> or <c>Learned</c>.</summary>
    public required string Ablation { get; init; }

    /// <summary>Which positions share a constant: <c>Classes</c> or <c>All</c>; <see langword="null"/> where closed nodes have none but zero, and in files of versions that knew <c>All</c> only.</summary>
    public string? MeanPositions { get; init; }

    /// <summary>Seed of the run.</summary>
    public required int Seed { get; init; }

    /// <summary>Seed of the pairs of a made task; <see langword="null"/>, in files of versions that had one seed, where it is that of the run.</summary>
    public int? TaskSeed { get; init; }

    /// <summary>Steps of the run's method: of optimisation, of a path, or draws; of a consensus those of all its runs.</summary>
    public required int Steps { get; init; }

    /// <summary>How the size was chosen: <c>keep 0.1</c>, <c>budget 0.2 nats</c>.</summary>
    public required string Chosen { get; init; }

    /// <summary>Version of Nodal that made it.</summary>
    public required string NodalVersion { get; init; }
}
