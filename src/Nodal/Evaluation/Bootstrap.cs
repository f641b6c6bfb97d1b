namespace Nodal.Evaluation;

/// <summary>Percentile bootstrap of a mean (Efron 1979): pairs are drawn again with replacement.</summary>
public static class Bootstrap
{
    /// <summary>Number of resamples.</summary>
    public const int Resamples = 1000;

    /// <summary>95 % interval of the mean of some values.</summary>
    /// <param name="values">One per pair; at least one.</param>
    /// <param name="seed">Seed of the resampling.</param>
    public static Interval OfMean(IReadOnlyList<double> values, int seed)
    {
        var random = new Random(seed);
        var means = new double[Resamples];
        for (var sample = 0; sample < Resamples; sample++)
        {
            double sum = 0;
            for (var i = 0; i < values.Count; i++)
            {
                sum += values[random.Next(values.Count)];
            }

            means[sample] = sum / values.Count;
        }

        Array.Sort(means);
        return new Interval(Quantile(means, 0.025), Quantile(means, 0.975));
    }

    /// <summary>Linear interpolation between order statistics.</summary>
    private static double Quantile(double[] sorted, double fraction)
    {
        var position = fraction * (sorted.Length - 1);
        var lower = (int)position;
        var upper = Math.Min(lower + 1, sorted.Length - 1);
        return sorted[lower] + ((position - lower) * (sorted[upper] - sorted[lower]));
    }
}
