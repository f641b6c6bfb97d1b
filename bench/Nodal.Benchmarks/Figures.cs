using System.Globalization;

namespace Nodal.Benchmarks;

/// <summary>Numbers as the tables show them.</summary>
internal static class Figures
{
    /// <summary>Three significant digits: <c>0.0123</c>, <c>4.56</c>, <c>789</c>.</summary>
    public static string Number(double value)
    {
        var digits = value == 0 || !double.IsFinite(value) ? 2 : Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 6);
        return value.ToString($"F{digits}", CultureInfo.InvariantCulture);
    }

    /// <summary>Two digits and an exponent: <c>3.1e-5</c>.</summary>
    public static string Scientific(double value) => value.ToString("0.0e+0", CultureInfo.InvariantCulture);

    /// <summary>Smallest to largest: <c>0.51–0.60</c>.</summary>
    public static string Spread(Repeats repeats) => $"{Number(repeats.Smallest)}–{Number(repeats.Largest)}";

    /// <summary>A size: <c>0.05</c>.</summary>
    public static string Size(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>A share: <c>12 %</c>.</summary>
    public static string Percent(double share) => $"{(100 * share).ToString("0.#", CultureInfo.InvariantCulture)} %";

    /// <summary>How many times: <c>8.1×</c>; empty where there is nothing to compare.</summary>
    public static string Times(double? ratio) => ratio is { } value ? $"{Number(value)}×" : "";

    /// <summary>Whole MiB; empty where it was not measured.</summary>
    public static string Mebibytes(long? bytes) => bytes is { } value ? (value / (1 << 20)).ToString(CultureInfo.InvariantCulture) : "";
}
