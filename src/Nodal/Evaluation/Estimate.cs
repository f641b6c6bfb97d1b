namespace Nodal.Evaluation;

/// <summary>A number measured on pairs.</summary>
/// <param name="Value">On the pairs as they are.</param>
/// <param name="Interval">95 % bootstrap interval over pairs.</param>
public sealed record Estimate(double Value, Interval Interval)
{
    /// <summary>Mean over pairs.</summary>
    /// <param name="values">One per pair; at least one.</param>
    /// <param name="seed">Seed of the resampling.</param>
    internal static Estimate OfMean(IReadOnlyList<double> values, int seed) => new(values.Average(), Bootstrap.OfMean(values, seed));

    /// <summary>Mean of one value over the mean of another of the same pairs; both are drawn again together.</summary>
    /// <param name="numerators">One per pair; at least one.</param>
    /// <param name="denominators">One per pair.</param>
    /// <param name="seed">Seed of the resampling.</param>
    /// <returns><see langword="null"/> where the denominators' mean is 0.</returns>
    internal static Estimate? OfRatio(IReadOnlyList<double> numerators, IReadOnlyList<double> denominators, int seed) =>
        Of(numerators.Count, seed, drawn => [drawn.Sum(pair => numerators[pair]) / drawn.Sum(pair => denominators[pair])])[0];

    /// <summary>Statistics of pairs, given by their positions.</summary>
    /// <inheritdoc cref="Bootstrap.Of(int, int, Func{int[], double[]})"/>
    /// <returns>Per statistic; <see langword="null"/> where it is no number (0/0).</returns>
    internal static Estimate?[] Of(int pairs, int seed, Func<int[], double[]> statistics)
    {
        var intervals = Bootstrap.Of(pairs, seed, statistics);
        return [.. statistics([.. Enumerable.Range(0, pairs)]).Zip(intervals, (value, interval) => double.IsFinite(value) && interval is not null ? new Estimate(value, interval) : null)];
    }
}
