using TorchSharp;
using static TorchSharp.torch;

namespace Nodal.Models;

/// <summary>The non-linear parts of a layer with the values they have, and the gradients that layer-wise relevance propagation gives them.</summary>
/// <remarks>
/// RelP (Jafari et al. 2025, arXiv 2508.21258): what makes a layer non-linear is a constant in the backward pass.
/// <code>
/// LN-rule          norm(x) = (x − mean x) · [1 / scale of x] ⊙ γ + β        RMSNorm likewise, without the mean
/// identity rule    act(x) = x · [act(x) / x]
/// half rule        a ⊙ b has half the gradient for each factor, of gated MLPs
/// </code>
/// in brackets what has no gradient. Attention keeps its own gradient, as in the paper's experiments.
/// </remarks>
internal sealed class RelevanceRules(ModelConfig config)
{
    private static readonly Scalar _half = 0.5.ToScalar();
    private static readonly Scalar _zero = 0.0.ToScalar();

    /// <summary>The norm with its scale constant.</summary>
    /// <param name="x">(…, d).</param>
    /// <param name="norm">Its weights.</param>
    public Tensor Normalize(Tensor x, NormWeights norm) => config.Norm switch
    {
        NormKind.LayerNorm => WithConstantScale(x.Minus(x.mean([-1], keepdim: true)), norm),
        NormKind.RmsNorm => WithConstantScale(x, norm),
        _ => x.alias(),
    };

    /// <summary>An activation as its argument times a constant ratio.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="activated">The activation of it.</param>
    public static Tensor Activate(Tensor x, Tensor activated)
    {
        using var scope = NewDisposeScope();
        var ratio = (activated / x).masked_fill(x.eq(_zero), _zero).detach();
        return (x * ratio).MoveToOuterDisposeScope();
    }

    /// <summary>A product of two factors, with half its gradient.</summary>
    public static Tensor Halve(Tensor product)
    {
        using var scope = NewDisposeScope();
        return product.Plus(product.detach()).mul(_half).MoveToOuterDisposeScope();
    }

    private Tensor WithConstantScale(Tensor centred, NormWeights norm)
    {
        using var scope = NewDisposeScope();
        using var epsilon = config.NormEpsilon.ToScalar();
        var inverse = centred.Squared().mean([-1], keepdim: true).Plus(epsilon).rsqrt().detach();      // (…, 1)
        var scaled = centred * inverse * norm.Scale;
        return (norm.Shift is { } shift ? scaled.Plus(shift) : scaled).MoveToOuterDisposeScope();
    }
}
