using System.Collections.Immutable;

namespace Nodal.Benchmarks;

/// <summary>What <c>scaling</c> measures: a base shape, and each dimension's other values with the rest as in the base.</summary>
internal sealed record ScalingSettings
{
    /// <summary>The shape everything else is varied around.</summary>
    public StepShape Base { get; init; } = new(Layers: 6, Width: 512, Tokens: 20, Batch: 32, Pairs: 64);

    /// <summary>Layers to measure.</summary>
    public ImmutableArray<int> Layers { get; init; } = [3, 6, 12];

    /// <summary>Residual widths to measure.</summary>
    public ImmutableArray<int> Widths { get; init; } = [256, 512, 1024];

    /// <summary>Prompt lengths to measure.</summary>
    public ImmutableArray<int> Tokens { get; init; } = [10, 20, 40, 80];

    /// <summary>Batch sizes to measure.</summary>
    public ImmutableArray<int> Batches { get; init; } = [8, 16, 32, 64];

    /// <summary>Numbers of training pairs to measure.</summary>
    public ImmutableArray<int> Pairs { get; init; } = [64, 256, 1024];

    /// <summary>Tokens in the vocabulary; default GPT-2's.</summary>
    public int Vocabulary { get; init; } = 50_257;

    /// <summary>Nodal's engines that are measured.</summary>
    public required IReadOnlyList<Engine> Engines { get; init; }

    /// <summary>Sizes of the gates.</summary>
    public required IReadOnlyList<double> Sizes { get; init; }

    /// <summary>Measurements of each configuration.</summary>
    public required int Repeats { get; init; }

    /// <summary>Threads of every engine.</summary>
    public required int Threads { get; init; }

    /// <summary>What is varied, and the shapes with it.</summary>
    public IEnumerable<(string Dimension, ImmutableArray<StepShape> Shapes)> Series() =>
    [
        ("layers", [.. Layers.Select(layers => Base with { Layers = layers })]),
        ("width", [.. Widths.Select(width => Base with { Width = width })]),
        ("tokens", [.. Tokens.Select(tokens => Base with { Tokens = tokens })]),
        ("batch", [.. Batches.Select(batch => Base with { Batch = batch, Pairs = Math.Max(batch, Base.Pairs) })]),
        ("pairs", [.. Pairs.Select(pairs => Base with { Pairs = Math.Max(pairs, Base.Batch) })]),
    ];
}
