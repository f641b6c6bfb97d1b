using TorchSharp;
using static TorchSharp.torch;

namespace Nodal.Models;

/// <summary>Normalisations libtorch's .NET binding lacks.</summary>
internal static class Norms
{
    /// <summary>RMSNorm (Zhang and Sennrich 2019, arXiv 1910.07467): x / sqrt(mean(x²) + ε) ⊙ scale.</summary>
    /// <param name="x">(…, d).</param>
    /// <param name="scale">(d).</param>
    /// <param name="epsilon">Added to the mean square.</param>
    public static Tensor Rms(Tensor x, Tensor scale, double epsilon)
    {
        using var scope = NewDisposeScope();
        using var epsilonScalar = epsilon.ToScalar();
        var inverse = x.Squared().mean([-1], keepdim: true).Plus(epsilonScalar).rsqrt();         // (…, 1)
        return (x * inverse * scale).MoveToOuterDisposeScope();
    }
}
