using Nodal.Evaluation.Evidence;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>Circuits of other seeds beside the one in question, and how far all of them agree.</summary>
internal static class StabilityTable
{
    public static void Write(IAnsiConsole console, StabilityEvidence evidence)
    {
        console.Line($"Stability ({evidence.Runs} runs; trained for {Figures.Count(evidence.Steps, "step")}, the run for {Figures.Count(evidence.RunSteps)}): circuits of the same size with other seeds");
        FigureTable.Write(
            console, ["seed", "size", "KL", "95 %", "logit\ndifference", "accuracy"],
            evidence.Seeds.Zip(evidence.Rows, (seed, row) => (string[])
            [
                $"{seed}", Figures.Share(row.Size), Figures.Nats(row.Kl), Figures.Range(row.Intervals.Kl), Figures.Logits(row.LogitDifference), Figures.Share(row.Accuracy),
            ]));
        console.Line("Jaccard overlap of these and the circuit, mean and worst pair, beside what chance gives:");
        FigureTable.Write(
            console, ["granularity", "mean", "worst", "chance"],
            evidence.Overlap.Select(entry => (string[])
            [
                GranularityWords.Of(entry.Key), Figures.Share(entry.Value.Mean), Figures.Share(entry.Value.Worst), Figures.Share(evidence.Chance[entry.Key]),
            ]), words: [0]);
    }
}
