using Nodal.Evaluation;
using Nodal.Evaluation.Evidence;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>Circuit and full model side by side under each change.</summary>
internal static class RobustnessTable
{
    public static void Write(IAnsiConsole console, RobustnessEvidence evidence)
    {
        var steps = evidence.Steps == 0 ? "" : $"; circuits trained without some groups for {Figures.Count(evidence.Steps, "step")}";
        console.Line($"Robustness ({evidence.Runs} runs{steps})");
        FigureTable.Write(
            console, ["change", "pairs", "KL", "95 %", "logit\ndifference", "95 %", "full\nmodel", "95 %", "accuracy", "full\nmodel"],
            evidence.Rows.Select(row => (string[])[row.Kind == RobustnessKind.Unchanged ? "none" : row.Change, .. Cells(row.Row)]), words: [0]);
        foreach (var sentence in evidence.LeftOut)
        {
            console.Line(sentence);
        }
    }

    private static string[] Cells(EvaluationRow row) =>
    [
        Figures.Count(row.Pairs), Figures.Nats(row.Kl), Figures.Range(row.Intervals.Kl), Figures.Logits(row.LogitDifference), Figures.Range(row.Intervals.LogitDifference),
        Figures.Logits(row.FullLogitDifference), Figures.Range(row.Intervals.FullLogitDifference), Figures.Share(row.Accuracy), Figures.Share(row.FullAccuracy),
    ];
}
