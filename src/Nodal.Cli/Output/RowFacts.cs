using Nodal.Evaluation;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>One circuit beside the full model, a line for each number.</summary>
internal static class RowFacts
{
    public static void Write(IAnsiConsole console, EvaluationRow row) => console.Facts(
    [
        ("size", $"{Figures.Share(row.Size)} ({Figures.Count(row.Parameters)} parameters)"),
        ("size as published", PublishedWords.Of(row.Published!)),
        ("KL(full ‖ circuit), nats", Measured(Figures.Nats(row.Kl), row.Intervals.Kl)),
        ("logit difference", $"{Measured(Figures.Logits(row.LogitDifference), row.Intervals.LogitDifference)}; full model {Measured(Figures.Logits(row.FullLogitDifference), row.Intervals.FullLogitDifference!)}"),
        ("share of full model's", row.LogitDifferenceShare is { } share ? Measured(Figures.Share(share), row.Intervals.LogitDifferenceShare!) : "none: it has no logit difference"),
        ("accuracy", $"{Measured(Figures.Share(row.Accuracy), row.Intervals.Accuracy)}; full model {Measured(Figures.Share(row.FullAccuracy), row.Intervals.FullAccuracy!)}"),
        ("exact match", Measured(Figures.Share(row.ExactMatch), row.Intervals.ExactMatch)),
        ("probability of the answer", $"{Measured(Figures.Share(row.AnswerProbability!.Value), row.Intervals.AnswerProbability!)}; full model {Figures.Share(row.FullAnswerProbability!.Value)}"),
        .. row.Nodes.Select(count => (GranularityWords.Of(count.Key), Figures.Count(count.Value))),
    ]);

    private static string Measured(string mean, Interval interval) => $"{mean} {Figures.Range(interval)}";
}
