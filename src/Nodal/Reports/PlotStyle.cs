using System.Globalization;
using System.Text;

namespace Nodal.Reports;

/// <summary>Colours and marks of plots: told apart by people who see few colours, on light and on dark paper.</summary>
internal static class PlotStyle
{
    // After Okabe and Ito's palette (2008); darker or lighter where the paper asks for it.
    private static readonly (string OnLight, string OnDark)[] Colours =
    [
        ("#0072b2", "#58b4f0"), ("#d55e00", "#ff8a4c"), ("#00835f", "#3fd0a4"), ("#b3478f", "#ec9fd0"),
        ("#9a6a00", "#f2c14e"), ("#5b4fb0", "#b0a6ff"), ("#7a3b1d", "#d9a184"), ("#4d4d4d", "#bdbdbd"),
    ];

    // Outlines around (0, 0), all of about the same area.
    private static readonly string[] Outlines =
    [
        "M-5,0A5,5 0 1 0 5,0A5,5 0 1 0 -5,0Z", "M-4.5,-4.5H4.5V4.5H-4.5Z", "M0,-6L5.6,4H-5.6Z", "M0,-6L6,0L0,6L-6,0Z", "M0,6L5.6,-4H-5.6Z",
        "M-2,-6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z", "M0,-6L5.7,-1.9L3.5,4.9H-3.5L-5.7,-1.9Z", "M-6,-3.5H6V3.5H-6Z",
    ];

    private const int RoundShift = 3;

    /// <summary>Classes of the elements of a plot.</summary>
    public static string Sheet { get; } = $$"""
        text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: #1f2328; }
        .title { font-size: 15px; font-weight: 600; }
        .small { font-size: 12px; fill: #57606a; }
        .paper { fill: #ffffff; }
        .grid { stroke: #e3e7eb; }
        .axis { stroke: #8c959f; }
        .curve { fill: none; stroke: currentColor; stroke-width: 1.6; stroke-opacity: .6; stroke-linejoin: round; }
        .dashed { stroke-dasharray: 5 4; }
        .mark { fill: #ffffff; stroke: currentColor; stroke-width: 1.6; }
        .best { fill: currentColor; }
        .text { color: #57606a; }
        {{Classes(colour => colour.OnLight)}}
        @media (prefers-color-scheme: dark) {
        text { fill: #e6edf3; }
        .small { fill: #9da7b1; }
        .paper { fill: #0d1117; }
        .grid { stroke: #262c34; }
        .axis { stroke: #6e7681; }
        .mark { fill: #0d1117; }
        .best { fill: currentColor; }
        .text { color: #9da7b1; }
        {{Classes(colour => colour.OnDark)}}
        }
        """;

    /// <summary>Class of a series' colour.</summary>
    public static string Class(int? colour) => colour is { } number ? $"c{(number % Colours.Length).ToString(CultureInfo.InvariantCulture)}" : "text";

    /// <summary>Outline of a series' marks around (0, 0). When the colours go round the outlines are shifted, so that a mark comes again in another colour only.</summary>
    public static string Outline(int? colour) => colour is { } number ? Outlines[(number + (RoundShift * (number / Colours.Length))) % Outlines.Length] : Outlines[0];

    private static string Classes(Func<(string OnLight, string OnDark), string> of)
    {
        var classes = new StringBuilder();
        for (var i = 0; i < Colours.Length; i++)
        {
            classes.Append(CultureInfo.InvariantCulture, $".{Class(i)} {{ color: {of(Colours[i])}; }} ");
        }

        return classes.ToString().TrimEnd();
    }
}
