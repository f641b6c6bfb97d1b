using System.Collections.Immutable;
using Nodal.Gates;

namespace Nodal.Cli.Output;

/// <summary>What a circuit keeps of a layer.</summary>
/// <param name="Layer">0-based.</param>
/// <param name="Heads">Kept heads; none where the attention block is not kept.</param>
/// <param name="Hidden">Kept MLP hidden neurons, rising; none where the MLP block is not kept.</param>
/// <param name="Outputs">Kept MLP outputs, rising.</param>
internal sealed record LayerContents(int Layer, ImmutableArray<HeadContents> Heads, ImmutableArray<int> Hidden, ImmutableArray<int> Outputs)
{
    /// <summary>The layers of which a circuit keeps anything, by its nodes.</summary>
    public static ImmutableArray<LayerContents> Of(IEnumerable<Node> nodes)
    {
        var byLayer = nodes.Where(node => !GateLayout.IsOptional(node.Granularity)).GroupBy(node => node.Layer).OrderBy(layer => layer.Key);
        return [.. byLayer.Select(layer => Of(layer.Key, layer.ToLookup(node => node.Granularity)))];
    }

    private static LayerContents Of(int layer, ILookup<Granularity, Node> nodes)
    {
        ImmutableArray<int> Indices(Granularity granularity) => [.. nodes[granularity].Select(node => node.Index).Order()];
        var heads = nodes[Granularity.AttentionNeuron].GroupBy(node => node.Head).OrderBy(head => head.Key);
        return new LayerContents(
            layer, [.. heads.Select(head => new HeadContents(head.Key, [.. head.Select(node => node.Index).Order()]))],
            Indices(Granularity.MlpHidden), Indices(Granularity.MlpOutput));
    }
}
