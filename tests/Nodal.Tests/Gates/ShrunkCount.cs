using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Models;
using static TorchSharp.torch;

namespace Nodal.Tests.Gates;

/// <summary>Counts what remains of real weight tensors, entry by entry: the definition of size that formulas are tested against.</summary>
internal static class ShrunkCount
{
    public static long Of(NodeSet circuit, TransformerWeights weights)
    {
        var config = circuit.Layout.Config;
        return weights.Layers.Select((layer, index) => Attention(circuit, config, layer, index) + Mlp(circuit, config, layer, index)).Sum();
    }

    private static long Attention(NodeSet circuit, ModelConfig config, LayerWeights layer, int index)
    {
        bool Kept(Granularity granularity, int node) => circuit[circuit.Layout.Offset(granularity, index) + node];
        bool Neuron(int head, int dimension) => Kept(Granularity.AttentionNeuron, (head * config.HeadWidth) + dimension);
        var sharing = config.Heads / config.KeyValueHeads;
        IEnumerable<int> Readers(int keyValueHead) => Enumerable.Range(keyValueHead * sharing, sharing).Where(head => Kept(Granularity.Head, head));

        return Entries(layer.Query, row => Kept(Granularity.Head, row / config.HeadWidth), _ => true)
            + Entries(layer.Key, row => Readers(row / config.HeadWidth).Any(), _ => true)
            + Entries(layer.Value, row => Readers(row / config.HeadWidth).Any(head => Neuron(head, row % config.HeadWidth)), _ => true)
            + Entries(layer.Output, _ => Kept(Granularity.AttentionBlock, 0), column => Kept(Granularity.AttentionNeuron, column));
    }

    private static long Mlp(NodeSet circuit, ModelConfig config, LayerWeights layer, int index)
    {
        bool Kept(Granularity granularity, int node) => circuit[circuit.Layout.Offset(granularity, index) + node];
        var into = layer.Gate is null ? [layer.Up] : new[] { layer.Gate, layer.Up };
        return into.Sum(map => Entries(map, row => Kept(Granularity.MlpHidden, row), _ => true))
            + Entries(layer.Down, row => Kept(Granularity.MlpOutput, row), column => Kept(Granularity.MlpHidden, column));
    }

    /// <summary>Weights whose row and column remain, and biases whose row does.</summary>
    private static long Entries(LinearMap map, Func<int, bool> row, Func<int, bool> column)
    {
        Tensor weight = map.Weight;
        long count = 0;
        for (var i = 0; i < weight.shape[0]; i++)
        {
            for (var j = 0; j < weight.shape[1]; j++)
            {
                count += row(i) && column(j) ? 1 : 0;
            }

            count += map.Bias is { } bias && i < bias.shape[0] && row(i) ? 1 : 0;
        }

        return count;
    }
}
