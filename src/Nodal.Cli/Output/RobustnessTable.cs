using Nodal.Evaluation;
using Nodal.Evaluation.Evidence;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>Circuit and full model side by side under each change.</summary>
internal static class RobustnessTable
{
    public static void Write(IAnsiConsole console, RobustnessEvidence evidence)
    {
        var steps = evidence.Steps == 0 ? "" : $"; circuits trained without some groups for {evidence.Steps} steps";
        console.Line($"Robustness ({evidence.Runs} runs{steps})");
        var wide = FigureTable.IsWide(console);
        string[] interval = wide ? ["95 %"] : [];
        FigureTable.Write(
            console, ["change", "pairs", "KL", "95 %", "logit\ndifference", .. interval, "full\nmodel", .. interval, "accuracy", "full\nmodel"],
            evidence.Rows.Select(row => (string[])[row.Kind == RobustnessKind.Unchanged ? "none" : row.Change, .. Cells(row.Row, wide)]));
        foreach (var sentence in evidence.LeftOut)
        {
            console.Line(sentence);
        }
    }

    private static string[] Cells(EvaluationRow row, bool wide) =>
    [
        Figures.Count(row.Pairs), Figures.Nats(row.Kl), Figures.Range(row.Intervals.Kl),
        .. Logits(row.LogitDifference, row.Intervals.LogitDifference, wide), .. Logits(row.FullLogitDifference, row.Intervals.FullLogitDifference, wide),
        Figures.Share(row.Accuracy), Figures.Share(row.FullAccuracy),
    ];

    private static string[] Logits(double value, Interval? interval, bool wide) => wide ? [Figures.Logits(value), Figures.Range(interval)] : [Figures.Logits(value)];
}
