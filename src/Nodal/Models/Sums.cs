using TorchSharp;
using static TorchSharp.torch;

namespace Nodal.Models;

/// <summary>Sums, differences and squares of tensors, safe beside garbage collections.</summary>
/// <remarks>
/// TorchSharp's own +, − and <c>add</c> make a scalar factor of 1 for every call, its <c>square</c> an exponent of 2, and keep nothing that holds it while libtorch reads it; a collection in that
/// moment frees it, and the call fails or takes another number. It was seen once, in hours of runs on several threads. This factor is never freed.
/// So do numbers beside tensors (<c>2 * x</c>, <c>1 - x</c>): a scalar stands in a static field or under <c>using</c>.
/// </remarks>
internal static class Sums
{
    private static readonly Scalar _one = 1.0.ToScalar();
    private static readonly Scalar _minusOne = (-1.0).ToScalar();

    /// <summary>left + right.</summary>
    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, _one);

    /// <summary>left + a number that the caller holds.</summary>
    public static Tensor Plus(this Tensor left, Scalar right) => left.add(right, _one);

    /// <summary>left − right.</summary>
    public static Tensor Minus(this Tensor left, Tensor right) => left.add(right, _minusOne);

    /// <summary>x².</summary>
    public static Tensor Squared(this Tensor x) => x * x;
}
