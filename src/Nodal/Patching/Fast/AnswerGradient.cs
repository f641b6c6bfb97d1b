using System.Collections.Immutable;
using System.Numerics.Tensors;
using Nodal.Tasks;

namespace Nodal.Patching.Fast;

/// <summary><see cref="AnswerLoss"/> of one pair and its gradient for the gated model's logits.</summary>
/// <remarks>With q_A the softmax over the answers alone and q_F over the foils alone, ∂D/∂logits = q_A − q_F.</remarks>
internal static class AnswerGradient
{
    /// <summary>Weighted KL, nats, or squared error of one output, and the weighted loss's gradient in place of the logits.</summary>
    /// <param name="loss">What is differentiated.</param>
    /// <param name="pair">Its answers and foils.</param>
    /// <param name="full">(v): of the full model, <see cref="PlainEngine.Reference"/>.</param>
    /// <param name="logits">(v), up to a constant; overwritten.</param>
    /// <param name="weight">Factor of both.</param>
    public static double Replace(AnswerLoss loss, EncodedPair pair, ReadOnlySpan<float> full, Span<float> logits, double weight)
    {
        var (answers, foils) = (Softmax(logits, pair.Answers), Softmax(logits, pair.Foils));
        var kl = loss.AmongChoices && full.Length > 1 ? AmongChoices(pair, full, logits, weight) : DivergenceLoss.ToGradient(full, logits, weight);
        if (loss.KlWeight != 1)
        {
            TensorPrimitives.Multiply(logits, (float)loss.KlWeight, logits);
        }

        var slope = weight * (loss.LogitDifferenceWeight - (answers.LogSum - foils.LogSum < loss.Margin ? loss.MarginWeight : 0));
        Add(logits, pair.Answers, answers.Probabilities, slope);
        Add(logits, pair.Foils, foils.Probabilities, -slope);
        return kl;
    }

    private static double AmongChoices(EncodedPair pair, ReadOnlySpan<float> full, Span<float> logits, double weight)
    {
        ImmutableArray<int> choices = [.. pair.Answers, .. pair.Foils];
        var (expected, actual) = (Softmax(full, choices), Softmax(logits, choices));
        var kl = 0.0;
        logits.Clear();
        for (var i = 0; i < choices.Length; i++)
        {
            var (p, q) = (expected.Probabilities[i], actual.Probabilities[i]);
            kl += p > 0 ? p * Math.Log(p / q) : 0;
            logits[choices[i]] = (float)(weight * (q - p));
        }

        return weight * kl;
    }

    private static (double LogSum, double[] Probabilities) Softmax(ReadOnlySpan<float> logits, ImmutableArray<int> ids)
    {
        if (ids.IsEmpty)
        {
            return (0, []);
        }

        var values = new double[ids.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = logits[ids[i]];
        }

        var largest = values.Max();
        TensorPrimitives.Subtract(values, largest, values);
        TensorPrimitives.Exp(values, values);
        var sum = TensorPrimitives.Sum<double>(values);
        TensorPrimitives.Divide(values, sum, values);
        return (largest + Math.Log(sum), values);
    }

    private static void Add(Span<float> gradient, ImmutableArray<int> ids, double[] probabilities, double slope)
    {
        for (var i = 0; slope != 0 && i < ids.Length; i++)
        {
            gradient[ids[i]] += (float)(slope * probabilities[i]);
        }
    }
}
