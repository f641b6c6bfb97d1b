using Nodal.Reports;
using Nodal.Runs;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>The table of a sweep, for a person.</summary>
internal static class SweepSummary
{
    private static readonly string[] Headers = ["run", "", "size", "KL", "accuracy", "logit\ndifference", "steps", "time", "chosen by"];

    public static void Write(IAnsiConsole console, SweepResult sweep)
    {
        console.Line("The chosen circuits on test pairs; * no other run on the same model and task is as small and as faithful:");
        var table = new Table { Border = TableBorder.Simple };
        foreach (var (i, header) in Headers.Index())
        {
            table.AddColumn(new TableColumn(new Text(header)) { Alignment = i is 0 or 1 or 8 ? Justify.Left : Justify.Right, NoWrap = true, Padding = new Padding(i == 0 ? 0 : 1, 0, 0, 0) });
        }

        foreach (var row in sweep.Runs)
        {
            table.AddRow(Cells(row).Select(cell => new Text(cell)));
        }

        console.Write(table);
        foreach (var row in sweep.Runs.Where(row => row.Failure is not null))
        {
            console.Line($"failed: {row.Name}: {row.Failure}", new Style(Color.Red));
        }

        console.Line($"sweep folder {sweep.Sweep}");
        console.Line($"plot {SweepReport.PlotPath(sweep)}");
    }

    private static string[] Cells(SweepRow row) => row.Result is { Chosen: var chosen } run
        ? [
            row.Name, row.Pareto ? "*" : "", Figures.Share(chosen.Size), Figures.Nats(chosen.Kl), Figures.Share(chosen.Accuracy), Figures.Logits(chosen.LogitDifference),
            Figures.Count(run.Steps), Figures.Time(TimeSpan.FromSeconds(run.Seconds)), run.ChosenBy,
        ]
        : [row.Name, "", "failed", "", "", "", "", "", ""];
}
