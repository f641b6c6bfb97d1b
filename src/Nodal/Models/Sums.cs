using TorchSharp;
using static TorchSharp.torch;

namespace Nodal.Models;

/// <summary>Sums and differences of tensors, safe beside garbage collections.</summary>
/// <remarks>
/// TorchSharp's own + and − make a scalar factor of 1 for every call and keep nothing that holds it while libtorch reads it; a collection in that moment frees it, and the call fails or takes
/// another factor. It was seen once, in hours of runs on several threads. This factor is never freed.
/// So do numbers beside tensors (<c>2 * x</c>, <c>1 - x</c>): a scalar stands in a static field or under <c>using</c>.
/// </remarks>
internal static class Sums
{
    private static readonly Scalar _one = 1.0.ToScalar();
    private static readonly Scalar _minusOne = (-1.0).ToScalar();

    /// <summary>left + right.</summary>
    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, _one);

    /// <summary>left − right.</summary>
    public static Tensor Minus(this Tensor left, Tensor right) => left.add(right, _minusOne);
}
