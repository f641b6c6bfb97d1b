using Nodal.Discovery;

namespace Nodal.Comparison;

/// <summary>Spearman's rank correlation (1904, Am. J. Psychology 15:72-101): Pearson's of the ranks, equal values sharing the mean of theirs.</summary>
internal static class RankCorrelation
{
    /// <returns>−1 to 1, or <see langword="null"/> where all values of one side are equal.</returns>
    public static double? Of(double[] one, double[] other)
    {
        var (x, y) = (Centred(one), Centred(other));
        var scale = Math.Sqrt(Product(x, x)) * Math.Sqrt(Product(y, y));
        return scale > 0 ? Product(x, y) / scale : null;
    }

    private static double[] Centred(double[] values)
    {
        var ranks = ConsensusRanking.Ranks(values);
        return Array.ConvertAll(ranks, rank => rank - ((ranks.Length + 1) / 2.0));
    }

    private static double Product(double[] one, double[] other) => one.Zip(other, (x, y) => x * y).Sum();
}
