using System.Numerics.Tensors;

namespace Nodal.Discovery;

/// <summary>The gradient of the loss for the scores when the threshold moves so that the size stays at its budget.</summary>
/// <remarks>
/// By implicit differentiation of P(g(s, τ)) = k P(1). With r_i = ∂g_i/∂s_i at fixed τ (so ∂g_i/∂τ = −r_i) and c_i = ∂P/∂g_i:
/// <code>
/// ∂τ/∂s_i = r_i c_i / Σ_j r_j c_j
/// dL/ds_i = r_i ∂L/∂g_i − (Σ_j r_j ∂L/∂g_j) ∂τ/∂s_i = r_i (∂L/∂g_i − λ c_i),   λ = Σ_j r_j ∂L/∂g_j / Σ_j r_j c_j
/// </code>
/// </remarks>
internal static class BudgetedGradient
{
    /// <param name="slopes">(gates): r.</param>
    /// <param name="loss">(gates): ∂L/∂g.</param>
    /// <param name="size">(gates): c.</param>
    /// <param name="scores">(gates): dL/ds, overwritten.</param>
    public static void Compute(ReadOnlySpan<double> slopes, ReadOnlySpan<double> loss, ReadOnlySpan<double> size, Span<double> scores)
    {
        var sizeSlope = TensorPrimitives.Dot(slopes, size);
        var price = sizeSlope > 0 ? TensorPrimitives.Dot(slopes, loss) / sizeSlope : 0;
        TensorPrimitives.MultiplyAdd(size, -price, loss, scores);
        TensorPrimitives.Multiply(slopes, scores, scores);
    }
}
