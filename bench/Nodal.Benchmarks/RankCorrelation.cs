using Nodal.Discovery;

namespace Nodal.Benchmarks;

/// <summary>Spearman's rank correlation.</summary>
internal static class RankCorrelation
{
    /// <returns>−1 to 1; NaN where either is the same everywhere.</returns>
    public static double Of(double[] one, double[] other)
    {
        var (x, y) = (ConsensusRanking.Ranks(one), ConsensusRanking.Ranks(other));
        var mean = (one.Length + 1) / 2.0;
        double Product(double[] left, double[] right) => left.Zip(right, (a, b) => (a - mean) * (b - mean)).Sum();
        return Product(x, y) / Math.Sqrt(Product(x, x) * Product(y, y));
    }
}
