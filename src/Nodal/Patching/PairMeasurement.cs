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
        return [.. pairs.Select((pair, row) => new PairMetrics(
            Math.Max(0, divergences[row]),   // no KL is negative, but rounding is
            LogitDifference(logits[row], pair), LogitDifference(full[row], pair), same[row]))];
    }

    /// <param name="logits">(v), up to a constant.</param>
    /// <param name="pair">Its answers and foils.</param>
    private static double LogitDifference(Tensor logits, EncodedPair pair)
    {
        double LogSum(ImmutableArray<int> ids) => ids.IsEmpty ? 0 : logits[tensor(ids.Select(id => (long)id).ToArray())].to(ScalarType.Float64).logsumexp(0).item<double>();
        return LogSum(pair.Answers) - LogSum(pair.Foils);
    }
}
