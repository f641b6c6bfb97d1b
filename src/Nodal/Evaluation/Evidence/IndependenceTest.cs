using Nodal.Evaluation.Statistics;
using Nodal.Patching;

namespace Nodal.Evaluation.Evidence;

/// <summary>Does what is left without the circuit still know the task? Null hypothesis: over pairs, the complement's score is independent of the full model's.</summary>
/// <remarks>
/// Shi et al. 2024, arXiv 2410.13032, §3: HSIC and a permutation test (<see cref="Statistics.Hsic"/>). Their code takes one bandwidth for both scores, the median distance between a score of the one and a score of the
/// other; here each has its own median distance, as Gretton et al. 2007 have it, so that the test does not depend on where the two lie. A rejection alone does not blame the circuit: with counterfactual ablation a
/// closed node has what it says of the corrupted prompt, which shares its template with the clean one, so that even the model with every node closed can follow the full model's scores. Its test stands beside this one
/// (<see cref="HypothesesEvidence.IndependenceAllClosed"/>).
/// </remarks>
/// <param name="Hsic">The statistic; 0 for independent scores.</param>
/// <param name="Pairs">Pairs it was computed on.</param>
/// <param name="Permutations">Permutations drawn.</param>
/// <param name="PValue">A small one says that the complement still follows the model: where every node closed does not, the circuit does not hold all of the behaviour.</param>
public sealed record IndependenceTest(double Hsic, int Pairs, int Permutations, double PValue)
{
    private const int DefaultPermutations = 1000;

    /// <summary>Time and memory grow with the square of the pairs.</summary>
    private const int MostPairs = 1000;

    /// <summary>Of the complement, or of the closed model, on pairs.</summary>
    /// <param name="complement">With the full model's scores beside its own; the first thousand are used.</param>
    /// <param name="seed">Of the permutations.</param>
    /// <param name="cancellation">Looked at between permutations.</param>
    internal static IndependenceTest Of(IReadOnlyList<PairMetrics> complement, int seed, CancellationToken cancellation = default)
    {
        var used = complement.Take(MostPairs).ToArray();
        if (used.Length < 2)
        {
            return new IndependenceTest(0, used.Length, 0, 1);
        }

        var test = new Hsic(Array.ConvertAll(used, pair => pair.FullLogitDifference), Array.ConvertAll(used, pair => pair.LogitDifference));
        return new IndependenceTest(test.Statistic, used.Length, DefaultPermutations, test.PValue(DefaultPermutations, seed, cancellation));
    }
}
