using System.Collections.Immutable;

namespace Nodal.Reports;

/// <summary>An axis of a plot: a range of values, where in it they lie, and which of them are written at it.</summary>
/// <param name="Label">What the values are, with their unit.</param>
/// <param name="Low">Left or lower end.</param>
/// <param name="High">Right or upper end; above <paramref name="Low"/>.</param>
/// <param name="Logarithmic">Whether equal ratios are equal distances.</param>
/// <param name="Ticks">Values that are written, rising.</param>
internal sealed record PlotAxis(string Label, double Low, double High, bool Logarithmic, ImmutableArray<double> Ticks)
{
    private static readonly double[] RoundSteps = [1, 2, 5];

    /// <summary>From 0 to a round number, with four to ten ticks.</summary>
    /// <param name="label">What the values are.</param>
    /// <param name="highest">Largest value to be seen; 0 makes an axis to 1.</param>
    public static PlotAxis Linear(string label, double highest)
    {
        var top = highest > 0 ? highest : 1;
        var step = Rounds((int)Math.Floor(Math.Log10(top)) - 1).First(step => top / step <= 8);
        var count = (int)Math.Ceiling((top / step) - 1e-9);
        return new PlotAxis(label, 0, count * step, Logarithmic: false, [.. Enumerable.Range(0, count + 1).Select(i => i * step)]);
    }

    /// <summary>A logarithmic axis with ticks at 1, 2 and 5 of each decade, at every digit where these would be fewer than three.</summary>
    /// <param name="label">What the values are.</param>
    /// <param name="low">Lower end, above 0.</param>
    /// <param name="high">Upper end, above <paramref name="low"/>.</param>
    public static PlotAxis Log(string label, double low, double high)
    {
        bool Within(double value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
        var decade = (int)Math.Floor(Math.Log10(low));
        double[] round = [.. Rounds(decade).TakeWhile(value => value <= high * (1 + 1e-9)).Where(Within)];
        double[] all = [.. Enumerable.Range(decade, 3).SelectMany(power => Enumerable.Range(1, 9).Select(digit => digit * Math.Pow(10, power))).Where(Within)];
        return new PlotAxis(label, low, high, Logarithmic: true, [.. round.Length >= 3 ? round : all]);
    }

    /// <summary>Where a value lies: 0 at the lower end, 1 at the upper, beyond them where it does; on a logarithmic axis 0 lies at the lower end.</summary>
    public double Position(double value) => !Logarithmic ? (value - Low) / (High - Low) : value > 0 ? Math.Log(value / Low) / Math.Log(High / Low) : 0;

    /// <summary>1, 2 and 5 times powers of ten, rising without end.</summary>
    private static IEnumerable<double> Rounds(int decade)
    {
        for (var power = decade; ; power++)
        {
            foreach (var digit in RoundSteps)
            {
                yield return digit * Math.Pow(10, power);
            }
        }
    }
}
