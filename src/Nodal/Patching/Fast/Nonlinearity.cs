using System.Runtime.Intrinsics;
using Nodal.Models;

namespace Nodal.Patching.Fast;

/// <summary>The MLP's non-linearity and its slope on sixteen values at once.</summary>
internal readonly struct Nonlinearity(ActivationKind kind)
{
    private const float TanhScale = 0.7978845608f;      // sqrt(2 / pi)
    private const float TanhCubic = 0.044715f;
    private const float NormalDensity = 0.3989422804f;  // 1 / sqrt(2 pi)

    /// <summary>act(x).</summary>
    public Vector512<float> Value(Vector512<float> x) => kind switch
    {
        ActivationKind.Silu => x * Sigmoid(x),
        ActivationKind.GeluTanh => x * Sigmoid(2 * TanhArgument(x)),
        ActivationKind.Gelu => x * NormalCumulative(x),
        _ => Vector512.Max(x, Vector512<float>.Zero),
    };

    /// <summary>act(x) and act'(x).</summary>
    public (Vector512<float> Value, Vector512<float> Slope) ValueAndSlope(Vector512<float> x)
    {
        switch (kind)
        {
            case ActivationKind.Silu:
                var open = Sigmoid(x);
                return (x * open, open * (One + (x * (One - open))));
            case ActivationKind.GeluTanh:
                // ½ (1 + tanh u) = σ(2u), so GELU is x σ(2u) and its slope σ + x σ (1 − σ) 2u'.
                var gate = Sigmoid(2 * TanhArgument(x));
                var inner = 2 * TanhScale * (One + (3 * TanhCubic * x * x));
                return (x * gate, gate * (One + (x * (One - gate) * inner)));
            case ActivationKind.Gelu:
                var below = NormalCumulative(x);
                return (x * below, below + (x * NormalDensity * Vector512.Exp(-0.5f * x * x)));
            default:
                return (Vector512.Max(x, Vector512<float>.Zero), Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), One, Vector512<float>.Zero));
        }
    }

    private static Vector512<float> One => Vector512<float>.One;

    private static Vector512<float> Sigmoid(Vector512<float> x) => One / (One + Vector512.Exp(-x));

    private static Vector512<float> TanhArgument(Vector512<float> x) => TanhScale * x * (One + (TanhCubic * x * x));

    /// <summary>Φ by Abramowitz and Stegun 7.1.26: within 1e-7.</summary>
    private static Vector512<float> NormalCumulative(Vector512<float> x)
    {
        var absolute = Vector512.Abs(x) * 0.7071067812f;
        var t = One / (One + (0.3275911f * absolute));
        var polynomial = t * (Vector512.Create(0.254829592f) + (t * (Vector512.Create(-0.284496736f) + (t * (Vector512.Create(1.421413741f)
            + (t * (Vector512.Create(-1.453152027f) + (t * 1.061405429f))))))));
        var tail = 0.5f * polynomial * Vector512.Exp(-absolute * absolute);
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), tail, One - tail);
    }
}
