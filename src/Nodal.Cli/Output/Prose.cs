using System.Collections.Immutable;
using Nodal.Runs;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>Lines of plain text: no part of them, such as a path with brackets, is read as markup.</summary>
internal static class Prose
{
    public static void Line(this IAnsiConsole console, string text, Style? style = null)
    {
        console.Write(new Text(text, style));
        console.WriteLine();
    }

    /// <summary>What a person should know before believing the numbers.</summary>
    public static void Warnings(this IAnsiConsole console, IEnumerable<string> warnings)
    {
        foreach (var warning in warnings)
        {
            console.Line($"warning: {warning}", new Style(Color.Yellow));
        }
    }

    /// <summary>What to know of runs before believing them, and which failed, each with its sentence.</summary>
    public static void WarningsAndFailures(this IAnsiConsole console, ImmutableArray<SweepRow> runs)
    {
        SweepRow[] ended = [.. runs.Where(run => run.Result is not null)];
        console.Warnings(ended.SelectMany(run => run.Result!.Warnings, (run, warning) => (run.Name, Warning: warning)).GroupBy(one => one.Warning, one => one.Name)
            .Select(names => names.Count() == ended.Length ? names.Key : $"{string.Join(", ", names)}: {names.Key}"));
        foreach (var run in runs.Where(run => run.Failure is not null))
        {
            console.Line($"failed: {run.Name}: {run.Failure}", new Style(Color.Red));
        }
    }

    /// <summary>Names and values in two columns.</summary>
    public static void Facts(this IAnsiConsole console, IEnumerable<(string Name, string Value)> facts)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        foreach (var (name, value) in facts)
        {
            grid.AddRow(new Text(name), new Text(value));
        }

        console.Write(grid);
    }
}
