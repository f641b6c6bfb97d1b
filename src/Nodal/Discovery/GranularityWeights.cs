using Nodal.Gates;

namespace Nodal.Discovery;

/// <summary>λ_f of the published penalty: how much the open gates of each granularity cost. The defaults are those of the released GPT-2 scripts.</summary>
public sealed record GranularityWeights
{
    /// <summary>Those of an older released Llama script.</summary>
    public static GranularityWeights OlderLlama { get; } = new() { AttentionBlock = 0.5, Head = 0.8, AttentionNeuron = 0.15, MlpBlock = 0.5 };

    /// <summary>Of attention blocks; default 1.</summary>
    public double AttentionBlock { get; init; } = 1;

    /// <summary>Of heads; default 1.</summary>
    public double Head { get; init; } = 1;

    /// <summary>Of attention neurons; default 1.</summary>
    public double AttentionNeuron { get; init; } = 1;

    /// <summary>Of MLP blocks; default 2.</summary>
    public double MlpBlock { get; init; } = 2;

    /// <summary>Of MLP hidden neurons; default 1.</summary>
    public double MlpHidden { get; init; } = 1;

    /// <summary>Of MLP outputs; default 1.</summary>
    public double MlpOutput { get; init; } = 1;

    /// <summary>The same with another weight of one granularity.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The paper does not have the granularity.</exception>
    public GranularityWeights With(Granularity granularity, double weight) => granularity switch
    {
        Granularity.AttentionBlock => this with { AttentionBlock = weight },
        Granularity.Head => this with { Head = weight },
        Granularity.AttentionNeuron => this with { AttentionNeuron = weight },
        Granularity.MlpBlock => this with { MlpBlock = weight },
        Granularity.MlpHidden => this with { MlpHidden = weight },
        Granularity.MlpOutput => this with { MlpOutput = weight },
        _ => throw new ArgumentOutOfRangeException(nameof(granularity), granularity, "The published penalty has no weight of its own for this granularity"),
    };

    /// <summary>Of a granularity; 1 of those the paper does not have.</summary>
    public double this[Granularity granularity] => granularity switch
    {
        Granularity.AttentionBlock => AttentionBlock,
        Granularity.Head => Head,
        Granularity.AttentionNeuron => AttentionNeuron,
        Granularity.MlpBlock => MlpBlock,
        Granularity.MlpHidden => MlpHidden,
        Granularity.MlpOutput => MlpOutput,
        _ => 1,
    };
}
