using Nodal.Gates;

namespace Nodal.Cli.Output;

/// <summary>Granularities as a person reads them.</summary>
internal static class GranularityWords
{
    public static string Of(Granularity granularity) => granularity switch
    {
        Granularity.AttentionBlock => "attention blocks",
        Granularity.Head => "heads",
        Granularity.AttentionNeuron => "attention neurons",
        Granularity.MlpBlock => "MLP blocks",
        Granularity.MlpHidden => "MLP hidden",
        Granularity.MlpOutput => "MLP outputs",
        Granularity.Layer => "layers",
        _ => "embedding",
    };

    /// <summary>How many nodes of one: <c>heads 12</c>.</summary>
    public static string Of(Granularity granularity, int count) => $"{Of(granularity)} {Figures.Count(count)}";
}
