using System.Collections.Immutable;
using Nodal.Tasks;
using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>From logits to what is said of each pair.</summary>
internal static class PairMeasurement
{
    /// <param name="pairs">(b).</param>
    /// <param name="full">(b, v): of the full model, <see cref="PlainEngine.Reference"/>.</param>
    /// <param name="logits">(b, v): logits to compare, up to a constant where there are several.</param>
    public static PairMetrics[] Of(IReadOnlyList<EncodedPair> pairs, Tensor full, Tensor logits)
    {
        using var scope = NewDisposeScope();
        var divergences = PlainEngine.Divergences(full, logits).to(ScalarType.Float64).data<double>().ToArray();
        var same = logits.argmax(-1).eq(full.argmax(-1)).data<bool>().ToArray();
        static double[] LogSums(Tensor each) => each.logsumexp(-1).to(ScalarType.Float64).data<double>().ToArray();
        var (ownSums, fullSums) = (LogSums(logits), LogSums(full));
        return [.. pairs.Select((pair, row) =>
        {
            var (own, whole) = (Answer.Of(logits[row], pair), Answer.Of(full[row], pair));
            return new PairMetrics(
                Math.Max(0, divergences[row]),   // no KL is negative, but rounding is
                own.Difference, whole.Difference, same[row], own.Probability(ownSums[row]), whole.Probability(fullSums[row]));
        })];
    }

    /// <summary>log Σ exp of the answers' logits, and of the foils'.</summary>
    private readonly record struct Answer(double Answers, double Foils)
    {
        public double Difference => Answers - Foils;

        /// <param name="logits">(v), up to a constant.</param>
        /// <param name="pair">Its answers and foils.</param>
        public static Answer Of(Tensor logits, EncodedPair pair)
        {
            double LogSum(ImmutableArray<int> ids) => ids.IsEmpty ? 0 : logits[tensor(ids.Select(id => (long)id).ToArray())].to(ScalarType.Float64).logsumexp(0).item<double>();
            return new Answer(LogSum(pair.Answers), LogSum(pair.Foils));
        }

        /// <param name="everything">log Σ exp of all logits.</param>
        public double Probability(double everything) => Math.Min(1, Math.Exp(Answers - everything));   // no probability is above 1, but rounding is
    }
}
