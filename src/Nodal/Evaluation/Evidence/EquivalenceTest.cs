using Nodal.Evaluation.Statistics;
using Nodal.Patching;

namespace Nodal.Evaluation.Evidence;

/// <summary>Do circuit and full model outdo each other equally often? Null hypothesis: |P(circuit's score above the model's) − ½| ≤ ε.</summary>
/// <remarks>
/// Shi et al. 2024, arXiv 2410.13032, §3. Pairs on which both score the same say nothing and are left out, as in any sign test. The null hypothesis with a margin is composite; its p-value is the largest that a
/// probability within the margin gives, that of ½ + ε.
/// </remarks>
/// <param name="Better">Pairs whose logit difference is larger in the circuit.</param>
/// <param name="Worse">Pairs whose logit difference is smaller in the circuit.</param>
/// <param name="Ties">Pairs where both are the same but for rounding.</param>
/// <param name="SignTest">Exact two-sided p-value of the sign test, ε = 0.</param>
/// <param name="Margin">ε.</param>
/// <param name="PValue">Exact p-value with the margin; a small one says that the circuit is not equivalent.</param>
public sealed record EquivalenceTest(int Better, int Worse, int Ties, double SignTest, double Margin, double PValue)
{
    /// <summary>ε of the paper's experiments.</summary>
    private const double DefaultMargin = 0.1;

    /// <summary>Of the circuit on pairs.</summary>
    internal static EquivalenceTest Of(IReadOnlyList<PairMetrics> circuit)
    {
        var signs = circuit.Select(pair => Rounded.Compare(pair.LogitDifference, pair.FullLogitDifference)).ToArray();
        var (better, worse) = (signs.Count(sign => sign > 0), signs.Count(sign => sign < 0));
        return new EquivalenceTest(
            better, worse, signs.Length - better - worse, ExactBinomial.FarFromHalf(better, better + worse, 0), DefaultMargin, ExactBinomial.FarFromHalf(better, better + worse, DefaultMargin));
    }
}
