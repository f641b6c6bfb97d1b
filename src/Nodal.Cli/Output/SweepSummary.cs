using Nodal.Reports;
using Nodal.Runs;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>The table of a sweep, for a person.</summary>
internal static class SweepSummary
{
    public static void Write(IAnsiConsole console, SweepResult sweep)
    {
        console.Line("The chosen circuits on test pairs; * no other run on the same model and task beats it in size and KL both:");
        FigureTable.Write(console, ["run", "", "size", "KL", "accuracy", "logit\ndifference", "steps", "time", "chosen by"], sweep.Runs.Select(Cells), words: [0, 1, 8]);
        console.WarningsAndFailures(sweep.Runs);
        if (sweep.ReferenceFailure is { } failure)
        {
            console.Line($"no curve to compare with: {failure}", new Style(Color.Red));
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
