using System.Buffers;
using System.Numerics.Tensors;

namespace Nodal.Patching.Fast;

/// <summary>KL(full ‖ gated) of one pair and its gradient for the gated logits; of one output the squared error.</summary>
/// <remarks>With p the full model's probabilities, l the gated model's logits and q = softmax(l): KL = Σ p (log p − l) + log Σ exp l, and its gradient for l is q − p.</remarks>
internal static class DivergenceLoss
{
    /// <summary>Weighted KL, nats, and its gradient in place of the logits.</summary>
    /// <param name="full">(v): log p; of one output the output itself.</param>
    /// <param name="logits">(v): l, up to a constant; overwritten.</param>
    /// <param name="weight">Factor of both.</param>
    public static double ToGradient(ReadOnlySpan<float> full, Span<float> logits, double weight)
    {
        if (full.Length == 1)
        {
            var error = logits[0] - full[0];
            logits[0] = (float)(2 * weight * error);
            return weight * error * error;
        }

        var buffer = ArrayPool<float>.Shared.Rent(full.Length);
        var probabilities = buffer.AsSpan(0, full.Length);
        TensorPrimitives.Exp(full, probabilities);
        TensorPrimitives.Subtract(logits, TensorPrimitives.Max<float>(logits), logits);
        var cross = TensorPrimitives.Dot<float>(probabilities, full) - TensorPrimitives.Dot<float>(probabilities, logits);
        TensorPrimitives.Exp(logits, logits);
        var sum = TensorPrimitives.Sum<float>(logits);
        TensorPrimitives.Multiply(logits, (float)(weight / sum), logits);
        TensorPrimitives.MultiplyAdd(probabilities, (float)-weight, logits, logits);
        ArrayPool<float>.Shared.Return(buffer);
        return weight * (cross + Math.Log(sum));
    }
}
