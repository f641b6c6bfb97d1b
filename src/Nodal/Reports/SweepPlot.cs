using System.Collections.Immutable;
using System.Globalization;
using Nodal.Evaluation;
using Nodal.Runs;

namespace Nodal.Reports;

/// <summary>KL against size: the chosen circuit of each run of a sweep, the Pareto front, and the curves of rankings.</summary>
internal static class SweepPlot
{
    /// <summary>How far the horizontal axis goes beyond the smallest and the largest circuit, as a ratio.</summary>
    private const double Margin = 2;

    /// <summary>Part of the vertical axis that is left free above the highest point.</summary>
    private const double Headroom = 1.08;

    public static Plot Of(SweepResult sweep)
    {
        SweepRow[] rows = [.. sweep.Runs.Where(row => row.Result is not null)];
        var series = Reference(sweep).Concat(Front(rows)).Concat(Groups(sweep.Keys, rows)).ToImmutableArray();
        double[] sizes = [.. series.SelectMany(one => one.Marks).Select(mark => mark.X).Where(size => size > 0).DefaultIfEmpty(0.1)];
        var (low, high) = (sizes.Min() / Margin, Math.Min(1, sizes.Max() * Margin));
        var seen = series.SelectMany(one => one.Marks.Select(mark => (mark.X, mark.Y)).Concat(one.Curves.SelectMany(curve => curve).Where(point => point.X >= low && point.X <= high)));
        return new Plot(
            Title(rows), PlotAxis.Log("size: parameters of the circuit over those of all blocks", low, high),
            PlotAxis.Linear("KL(full ‖ circuit) on test pairs, nats", Headroom * seen.Select(point => point.Y).DefaultIfEmpty(0).Max()), series);
    }

    private static string Title(SweepRow[] rows)
    {
        static string One(IEnumerable<string> words) => words.Distinct().ToArray() is [var word] ? Path.GetFileNameWithoutExtension(word) is { Length: > 0 } name ? name : word : "several";
        return rows.Length == 0 ? "no finished run" : $"model {One(rows.Select(row => row.Result!.Model))}, task {One(rows.Select(row => row.Result!.Task))}: {rows.Length} {(rows.Length == 1 ? "run" : "runs")}";
    }

    /// <summary>Runs by method where there are several, else by the sweep's first key.</summary>
    private static IEnumerable<PlotSeries> Groups(ImmutableArray<string> keys, SweepRow[] rows)
    {
        var byMethod = rows.Select(row => row.Result!.Method).Distinct().Count() > 1 || keys.IsEmpty;
        return rows.GroupBy(row => byMethod ? row.Result!.Method : $"{keys[0]} {row.Values[0]}").Select((group, i) => new PlotSeries(
            group.Key, i,
            [.. group.Select(row => new PlotMark(row.Result!.Chosen.Size, row.Result.Chosen.Kl, Note(row), row.Pareto))],
            [.. group.Where(row => IsRanking(row.Result!)).Select(row => Curve(row.Result!)).Where(curve => curve.Length > 1)]));
    }

    private static IEnumerable<PlotSeries> Front(SweepRow[] rows)
    {
        ImmutableArray<(double, double)> front = [.. rows.Where(row => row.Pareto).Select(row => (row.Result!.Chosen.Size, row.Result.Chosen.Kl)).Order()];
        return front.Length > 1 ? [new PlotSeries("Pareto front", null, [], [front], Dashed: true)] : [];
    }

    private static IEnumerable<PlotSeries> Reference(SweepResult sweep) =>
        sweep.Reference is { } run ? [new PlotSeries($"{ReferenceName(sweep, run)} ({run.Method})", null, [], [Curve(run)])] : [];

    private static string ReferenceName(SweepResult sweep, RunResult run) => Path.GetDirectoryName(run.Run) == sweep.Sweep ? "reference" : Path.GetFileName(run.Run);

    private static bool IsRanking(RunResult run) => run.Method != "paper";

    private static ImmutableArray<(double X, double Y)> Curve(RunResult run) => [.. (run.Refinement is null ? run.Sizes.Add(run.Chosen) : run.Sizes).Where(row => row.Size > 0).Select(row => (row.Size, row.Kl)).Distinct().Order()];

    private static string Note(SweepRow row)
    {
        EvaluationRow chosen = row.Result!.Chosen;
        return string.Create(CultureInfo.InvariantCulture, $"{row.Name}: size {chosen.Size:0.000}, KL {chosen.Kl:0.000}, accuracy {chosen.Accuracy:0.000}");
    }
}
