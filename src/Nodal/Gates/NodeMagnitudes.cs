using System.Numerics.Tensors;
using Nodal.Models;
using static Nodal.Models.WeightSquares;
using static TorchSharp.torch;

namespace Nodal.Gates;

/// <summary>Sum of squares of the weights that go with each node, as magnitude pruning takes it (Han et al. 2015, arXiv 1506.02626).</summary>
/// <remarks>
/// Rows of the query, key and value maps and columns of the output map for attention, what heads share divided among them; rows of the input maps, columns and rows of the output map for MLPs. Biases and norms are left out.
/// </remarks>
internal static class NodeMagnitudes
{
    /// <returns>(gates); 0 of the embedding.</returns>
    public static double[] Of(GateLayout layout, Transformer model)
    {
        using var noGradient = no_grad();
        var magnitudes = new double[layout.Count];
        for (var layer = 0; layer < layout.Config.Layers; layer++)
        {
            var weights = model.Weights.Layers[layer];
            Attention(layout.Config, weights, magnitudes.AsSpan(layout.Span(Granularity.Head, layer)), magnitudes.AsSpan(layout.Span(Granularity.AttentionNeuron, layer)));
            var attention = TensorPrimitives.Sum<double>(magnitudes.AsSpan(layout.Span(Granularity.Head, layer)));
            var mlp = Mlp(weights, magnitudes.AsSpan(layout.Span(Granularity.MlpHidden, layer)), magnitudes.AsSpan(layout.Span(Granularity.MlpOutput, layer)));
            magnitudes[layout.Offset(Granularity.AttentionBlock, layer)] = attention;
            magnitudes[layout.Offset(Granularity.MlpBlock, layer)] = mlp;
            if (layout.Has(Granularity.Layer))
            {
                magnitudes[layout.Offset(Granularity.Layer, layer)] = attention + mlp;
            }
        }

        return magnitudes;
    }

    private static void Attention(ModelConfig config, LayerWeights weights, Span<double> heads, Span<double> neurons)
    {
        var (query, key, value, output) = (Rows(weights.Query), Rows(weights.Key), Rows(weights.Value), Columns(weights.Output));
        for (var neuron = 0; neuron < neurons.Length; neuron++)
        {
            var (head, dimension) = Math.DivRem(neuron, config.HeadWidth);
            var shared = (head / config.GroupSize * config.HeadWidth) + dimension;
            neurons[neuron] = output[neuron] + (value[shared] / config.GroupSize);
            heads[head] += neurons[neuron] + query[neuron] + (key[shared] / config.GroupSize);
        }
    }

    /// <returns>Of the whole block.</returns>
    private static double Mlp(LayerWeights weights, Span<double> hidden, Span<double> outputs)
    {
        var (up, down) = (Rows(weights.Up), Columns(weights.Down));
        var gate = weights.Gate is { } map ? Rows(map) : new double[up.Length];
        for (var i = 0; i < hidden.Length; i++)
        {
            hidden[i] = up[i] + gate[i] + down[i];
        }

        Rows(weights.Down).CopyTo(outputs);
        return TensorPrimitives.Sum<double>(hidden);
    }
}
