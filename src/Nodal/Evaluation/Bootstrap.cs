namespace Nodal.Evaluation;

/// <summary>Percentile bootstrap (Efron 1979): pairs are drawn again with replacement.</summary>
internal static class Bootstrap
{
    /// <summary>Number of resamples.</summary>
    public const int Resamples = 1000;

    /// <summary>95 % interval of the mean of some values.</summary>
    /// <param name="values">One per pair; at least one.</param>
    /// <param name="seed">Seed of the resampling.</param>
    public static Interval OfMean(IReadOnlyList<double> values, int seed)
    {
        double Mean(int[] drawn)
        {
            double sum = 0;
            foreach (var pair in drawn)
            {
                sum += values[pair];
            }

            return sum / drawn.Length;
        }

        return Of(values.Count, seed, drawn => [Mean(drawn)])[0]!;
    }

    /// <summary>95 % intervals of statistics of the same pairs that are more than means of them: ratios, areas, largest values.</summary>
    /// <param name="pairs">Number of pairs; at least one.</param>
    /// <param name="seed">Seed of the resampling.</param>
    /// <param name="statistics">The statistics of some pairs, given by their positions, as many as there are pairs; the array is used again for the next.</param>
    /// <returns>Per statistic; <see langword="null"/> where no resample gives a number. Resamples that give none (0/0) are left out.</returns>
    internal static Interval?[] Of(int pairs, int seed, Func<int[], double[]> statistics)
    {
        var random = new Random(seed);
        var drawn = new int[pairs];
        var samples = new double[Resamples][];
        for (var sample = 0; sample < Resamples; sample++)
        {
            for (var i = 0; i < pairs; i++)
            {
                drawn[i] = random.Next(pairs);
            }

            samples[sample] = statistics(drawn);
        }

        return [.. Enumerable.Range(0, samples[0].Length).Select(statistic => Of([.. samples.Select(sample => sample[statistic]).Where(double.IsFinite).Order()]))];
    }

    private static Interval? Of(double[] sorted) => sorted.Length == 0 ? null : new Interval(Quantile(sorted, 0.025), Quantile(sorted, 0.975));

    /// <summary>Linear interpolation between order statistics.</summary>
    private static double Quantile(double[] sorted, double fraction)
    {
        var position = fraction * (sorted.Length - 1);
        var lower = (int)position;
        var upper = Math.Min(lower + 1, sorted.Length - 1);
        return sorted[lower] + ((position - lower) * (sorted[upper] - sorted[lower]));
    }
}
