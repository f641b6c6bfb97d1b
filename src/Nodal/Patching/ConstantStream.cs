using System.Collections.Immutable;
using Nodal.Models;
using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>The ablated stream of constants, one row for each class of positions: a sum of what closed nodes write.</summary>
/// <param name="Layers">Each of shapes (c, …).</param>
/// <param name="Final">(c, d): after the last layer.</param>
internal sealed record ConstantStream(ImmutableArray<AblatedLayer> Layers, Tensor Final)
{
    /// <summary>Of constants, in the caller's dispose scope; differentiable where they are.</summary>
    /// <param name="model">The model.</param>
    /// <param name="embedding">(c, d).</param>
    /// <param name="heads">Of each layer, (c, z).</param>
    /// <param name="hidden">Of each layer, (c, h).</param>
    /// <param name="biases">Whether closed blocks keep their output biases.</param>
    public static ConstantStream Of(Transformer model, Tensor embedding, Tensor[] heads, Tensor[] hidden, bool biases)
    {
        var layers = new AblatedLayer[model.Config.Layers];
        var stream = embedding;
        for (var layer = 0; layer < layers.Length; layer++)
        {
            var beforeMlp = stream.Plus(biases ? model.AttentionOutput(layer, heads[layer]) : model.ProjectHeads(layer, heads[layer]));
            layers[layer] = new AblatedLayer
            {
                StreamBeforeAttention = stream,
                Heads = heads[layer],
                AttentionRemainder = biases ? null : model.AttentionOutputBias(layer),
                StreamBeforeMlp = beforeMlp,
                Hidden = hidden[layer],
                MlpRemainder = biases ? null : model.MlpOutputBias(layer),
            };
            stream = beforeMlp.Plus(biases ? model.MlpOutput(layer, hidden[layer]) : model.ProjectHidden(layer, hidden[layer]));
        }

        return new ConstantStream([.. layers], stream);
    }

    /// <summary>All its tensors but for the remainders, each once.</summary>
    public IEnumerable<Tensor> Tensors() => Layers.SelectMany(layer => layer.Tensors()).Append(Final);
}
