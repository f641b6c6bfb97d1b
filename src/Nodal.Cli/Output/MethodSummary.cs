using System.Globalization;
using Nodal.Reports;
using Nodal.Runs;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>The curves of several methods, for a person.</summary>
internal static class MethodSummary
{
    /// <summary>By how much a circuit may be larger than was asked for before it is marked.</summary>
    private const double Tolerance = 1e-9;

    public static void Write(IAnsiConsole console, MethodComparisonResult comparison)
    {
        console.Line($"model {comparison.Model}   task {comparison.Task}");
        if (comparison.AllClosed is { } closed)
        {
            console.Line($"full model: accuracy {Figures.Share(closed.FullAccuracy)}; every node closed: KL {Figures.Nats(closed.Kl)}");
        }

        if (!comparison.Methods.IsEmpty)
        {
            console.WriteLine();
            console.Line("Mean KL(full ‖ circuit) on test pairs, nats, at each size; + the smallest circuit of the ranking is larger:");
            console.Write(Table(comparison));
        }

        if (comparison.Methods.Any(method => method.Areas is not null))
        {
            WriteAreas(console, comparison);
        }

        foreach (var row in comparison.Runs.Where(row => row.Failure is not null))
        {
            console.Line($"failed: {row.Name}: {row.Failure}", new Style(Color.Red));
        }

        console.Line($"runs {comparison.Folder}");
        console.Line($"plot {MethodReport.PlotPath(comparison)}");
    }

    private static Table Table(MethodComparisonResult comparison)
    {
        var table = new Table { Border = TableBorder.Simple };
        string[] headers = ["method", .. comparison.Methods[0].Points.Select(point => point.Asked.ToString("0.###", CultureInfo.InvariantCulture)), "mean", "runs", "time"];
        foreach (var (i, header) in headers.Index())
        {
            table.AddColumn(new TableColumn(new Text(header)) { Alignment = i == 0 ? Justify.Left : Justify.Right, NoWrap = true, Padding = new Padding(i == 0 ? 0 : 1, 0, 0, 0) });
        }

        foreach (var method in comparison.Methods)
        {
            string[] cells = [method.Method, .. method.Points.Select(Cell), Figures.Nats(method.MeanKl), Figures.Count(method.Runs), Figures.Time(TimeSpan.FromSeconds(method.Seconds))];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }

        return table;
    }

    private static void WriteAreas(IAnsiConsole console, MethodComparisonResult comparison)
    {
        console.Line("CPR (more is better) and CMD (0 is best) over the sizes .001 to 1 (MIB, arXiv 2504.13151), in parameters and in nodes, linear in size and logarithmic:");
        string[] headers = ["method", .. from unit in new[] { "parameters", "nodes" } from axis in new[] { "linear", "logarithmic" } from area in new[] { "CPR", "CMD" } select $"{area}\n{unit}\n{axis}"];
        FigureTable.Write(console, headers, comparison.Methods.Select(method => method.Areas is { } areas
            ? [method.Method, .. new[] { areas.ParametersLinear, areas.ParametersLogarithmic, areas.NodesLinear, areas.NodesLogarithmic }.SelectMany(area => new[] { Figures.Of(area.Cpr), Figures.Of(area.Cmd) })]
            : new[] { method.Method, "–", "–", "–", "–", "–", "–", "–", "–" }));
    }

    private static string Cell(MethodCurvePoint point) => $"{(point.Size > point.Asked + Tolerance ? "+" : "")}{Figures.Nats(point.Kl)}";
}
