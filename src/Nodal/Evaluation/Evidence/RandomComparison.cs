using System.Collections.Immutable;
using Nodal.Evaluation.Statistics;

namespace Nodal.Evaluation.Evidence;

/// <summary>A circuit against random ones of equal size. Null hypothesis: it beats a random one with at most the probability q.</summary>
/// <remarks>
/// Shi et al. 2024, arXiv 2410.13032, §4 (sufficiency and partial necessity), whose q is .9. Of n random circuits the number beaten is binomial; where all are beaten the p-value is q^n, the smallest that n can
/// give: 29 circuits are the fewest for .05. The faithfulness is KL here, which is what circuits are discovered by, and the squared difference of scores there. Draws that are the circuit itself are left out.
/// </remarks>
public sealed record RandomComparison
{
    private const double DefaultQuantile = 0.9;

    /// <summary>KL of the circuit, or of its complement, nats, on the pairs that the random ones were run on.</summary>
    public required double Kl { get; init; }

    /// <summary>95 % bootstrap interval of <see cref="Kl"/> over pairs.</summary>
    public required Interval Interval { get; init; }

    /// <summary>The same of every random circuit, or of its complement, nats, in the order in which they were drawn.</summary>
    public required ImmutableArray<double> Random { get; init; }

    /// <summary>Random circuits that were beaten; a draw, the same but for rounding, is no win.</summary>
    public required int Beaten { get; init; }

    /// <summary>q.</summary>
    public required double Quantile { get; init; }

    /// <summary>Exact: P(at least as many beaten), each with probability q. A small one speaks for the circuit.</summary>
    public required double PValue { get; init; }

    /// <summary>Smallest p-value that so many random circuits can give.</summary>
    public required double SmallestPValue { get; init; }

    /// <summary>(pairs): KL of the random circuit that is the nearest to beating the circuit.</summary>
    internal double[] Nearest { get; private init; } = [];

    /// <param name="kl">Of the circuit, one per pair.</param>
    /// <param name="random">(random circuits)(pairs): of the same pairs; at least one circuit.</param>
    /// <param name="lessIsBetter">Whether the smaller KL wins.</param>
    /// <param name="seed">Of the bootstrap.</param>
    internal static RandomComparison Of(IReadOnlyList<double> kl, IReadOnlyList<double[]> random, bool lessIsBetter, int seed)
    {
        var mean = kl.Average();
        double[] means = [.. random.Select(other => other.Average())];
        var beaten = means.Count(other => Rounded.Compare(other, mean) == (lessIsBetter ? 1 : -1));
        return new RandomComparison
        {
            Kl = mean,
            Interval = Bootstrap.OfMean(kl, seed),
            Random = [.. means],
            Beaten = beaten,
            Quantile = DefaultQuantile,
            PValue = ExactBinomial.AtLeast(beaten, random.Count, DefaultQuantile),
            SmallestPValue = ExactBinomial.AtLeast(random.Count, random.Count, DefaultQuantile),
            Nearest = random[Array.IndexOf(means, lessIsBetter ? means.Min() : means.Max())],
        };
    }
}
