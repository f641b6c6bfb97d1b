using System.Globalization;
using Nodal.Evaluation;

namespace Nodal.Cli.Output;

/// <summary>Numbers as tables show them.</summary>
internal static class Figures
{
    /// <summary>What stands where there is no number.</summary>
    private const string None = "–";

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number of things: 1 head, 2 heads.</summary>
    public static string Count(long value, string noun) => $"{Count(value)} {noun}{(value == 1 ? "" : "s")}";

    public static string Share(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    public static string Share(double? value) => value is { } number ? Share(number) : None;

    public static string Nats(double value) => value.ToString(Math.Abs(value) is > 0 and < 0.01 ? "0.0000" : "0.000", CultureInfo.InvariantCulture);

    public static string Logits(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Logits(double? value) => value is { } number ? Logits(number) : None;

    /// <summary>A p-value: three decimals, or the power of ten of one that would show as none.</summary>
    public static string Probability(double value) => value >= 0.001 ? Share(value) : value.ToString("0.0e0", CultureInfo.InvariantCulture);

    public static string Range(Interval? interval) => interval is null ? None : $"[{Nats(interval.Low)}, {Nats(interval.High)}]";

    /// <summary>A number and its 95 % interval.</summary>
    public static string Of(Estimate? estimate) => estimate is null ? None : $"{Nats(estimate.Value)} {Range(estimate.Interval)}";

    public static string Time(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");
}
