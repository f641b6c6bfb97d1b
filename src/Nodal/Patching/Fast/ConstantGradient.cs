using Nodal.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Nodal.Patching.Fast;

/// <summary>The gradient of the loss for constants of closed nodes, from the gradients of the stream.</summary>
/// <remarks>
/// An attention block writes W_o [m z + (1 − m) a] and output k of an MLP block o_k Σ_j W_kj (g_j h_j + (1 − g_j) a_j) + (1 − o_k) Σ_j W_kj a_j, with o block · output. So with G the sum of the
/// gradients for the stream after the block over the positions that share a:
/// <code>
/// ∂L/∂a = (1 − m) ⊙ W_oᵀ G                            of attention neurons
/// ∂L/∂a = W_downᵀ G − g ⊙ W_downᵀ (o ⊙ G)             of hidden neurons
/// </code>
/// </remarks>
internal static class ConstantGradient
{
    private static readonly Scalar _one = 1.0.ToScalar();

    /// <param name="model">The model.</param>
    /// <param name="gates">Of the step.</param>
    /// <param name="sums">G.</param>
    /// <param name="layout">Where constants stand.</param>
    /// <param name="gradient">(constants of neurons), overwritten.</param>
    public static void Of(Transformer model, GateTensors gates, StreamSums sums, ConstantLayout layout, Span<double> gradient)
    {
        using var noGradient = no_grad();
        for (var layer = 0; layer < model.Config.Layers; layer++)
        {
            using var scope = NewDisposeScope();
            var weights = model.Weights.Layers[layer];
            var (attention, mlp) = (Sum(model, sums.AfterAttention(layer), layout), Sum(model, sums.AfterMlp(layer), layout));   // (c, d)
            var open = gates.Attention(layer);                                                                                  // (z)
            Write(attention.matmul(weights.Output.Weight) * open.neg().Plus(_one), gradient[layout.Heads(layer)]);
            var through = (mlp * gates.Output(layer)).matmul(weights.Down.Weight);                                              // (c, h)
            Write(mlp.matmul(weights.Down.Weight).Minus(gates.Hidden(layer) * through), gradient[layout.Hidden(layer)]);
        }
    }

    private static Tensor Sum(Transformer model, Span<float> sum, ConstantLayout layout) =>
        tensor(sum.ToArray(), layout.Classes, sum.Length / layout.Classes).narrow(1, 0, model.Config.Width).to(model.Precision);

    private static void Write(Tensor values, Span<double> target)
    {
        using var wide = values.to(ScalarType.Float64).contiguous();
        wide.data<double>().ToArray().CopyTo(target);
    }
}
