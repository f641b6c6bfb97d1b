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
            WriteCurves(console, comparison);
        }

        if (comparison.Methods.Any(method => method.Areas is not null))
        {
            WriteAreas(console, comparison);
        }

        console.WarningsAndFailures(comparison.Runs);
        console.Line($"runs {comparison.Folder}");
        console.Line($"plot {MethodReport.PlotPath(comparison)}");
    }

    private static void WriteCurves(IAnsiConsole console, MethodComparisonResult comparison)
    {
        string[] headers = ["method", .. comparison.Methods[0].Points.Select(point => point.Asked.ToString("0.###", CultureInfo.InvariantCulture)), "mean", "runs", "time"];
        FigureTable.Write(
            console, headers, comparison.Methods.Select(method => (string[])
            [
                method.Method, .. method.Points.Select(Cell), Figures.Nats(method.MeanKl), Figures.Count(method.Runs), Figures.Time(TimeSpan.FromSeconds(method.Seconds)),
            ]), words: [0]);
    }

    private static void WriteAreas(IAnsiConsole console, MethodComparisonResult comparison)
    {
        console.Line("CPR (more is better) and CMD (0 is best) over the sizes .001 to 1 (MIB, arXiv 2504.13151), in parameters and in nodes, linear in size and logarithmic:");
        string[] headers = ["method", .. from unit in new[] { "parameters", "nodes" } from axis in new[] { "linear", "logarithmic" } from area in new[] { "CPR", "CMD" } select $"{area}\n{unit}\n{axis}"];
        FigureTable.Write(console, headers, comparison.Methods.Select(method => (string[])
        [
            method.Method,
            .. new[] { method.Areas?.ParametersLinear, method.Areas?.ParametersLogarithmic, method.Areas?.NodesLinear, method.Areas?.NodesLogarithmic }
                .SelectMany(area => new[] { Figures.Of(area?.Cpr), Figures.Of(area?.Cmd) }),
        ]), words: [0]);
    }

    private static string Cell(MethodCurvePoint point) => $"{(point.Size > point.Asked + Tolerance ? "+" : "")}{Figures.Nats(point.Kl)}";
}
