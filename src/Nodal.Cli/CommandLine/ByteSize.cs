using System.Globalization;

namespace Nodal.Cli.CommandLine;

/// <summary>Amounts of memory as people write them: <c>8GiB</c>, <c>500MB</c>, <c>1048576</c>.</summary>
internal static class ByteSize
{
    private static readonly (string Unit, double Bytes)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("B", 1), ("", 1),
    ];

    /// <returns>Bytes, at least 1, or <see langword="null"/> where the text is no size.</returns>
    public static long? Parse(string text)
    {
        var (unit, bytes) = Units.First(unit => text.EndsWith(unit.Unit, StringComparison.OrdinalIgnoreCase));
        return double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
            && number * bytes is >= 1 and < 1e18 and var size ? (long)size : null;
    }

    /// <summary>In the largest binary unit that leaves at least 1.</summary>
    public static string Format(long bytes)
    {
        var (unit, size) = Units.Take(4).LastOrDefault(unit => bytes >= unit.Bytes);
        return unit is null ? $"{bytes} B" : string.Create(CultureInfo.InvariantCulture, $"{bytes / size:0.0} {unit}");
    }
}
