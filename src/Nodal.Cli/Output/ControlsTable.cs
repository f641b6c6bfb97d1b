using Nodal.Evaluation.Evidence;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>Controls of the circuit's size, with the share of its faithfulness that each has.</summary>
internal static class ControlsTable
{
    public static void Write(IAnsiConsole console, ControlsEvidence evidence)
    {
        var steps = evidence.Steps == 0 ? "" : $"; trained for {evidence.Steps} steps, the run for {evidence.RunSteps}";
        console.Line($"Controls of the same size ({evidence.Runs} runs{steps}). Share: of what the circuit takes away of the all-closed KL; from {Figures.Share(ControlRow.CloseShare)} on a control comes close");
        var random = evidence.Random.Random;
        FigureTable.Write(
            console, ["control", "size", "KL", "95 %", "logit\ndifference", "full\nmodel", "share", "95 %"],
            evidence.Rows.Select(row => (string[])
            [
                Name(row.Kind), Figures.Share(row.Row.Size), Figures.Nats(row.Row.Kl), Figures.Range(row.Row.Intervals.Kl), Figures.Logits(row.Row.LogitDifference),
                Figures.Logits(row.Row.FullLogitDifference), Figures.Logits(row.Share), Figures.Range(row.ShareInterval),
            ]).Prepend(["random, best", "", Figures.Nats(random.Min()), "", "", "", Figures.Logits(evidence.BestRandomShare), Figures.Range(evidence.BestRandomInterval)]));
        console.Line($"{evidence.CloseRandom} of {random.Length} random circuits come close; their mean KL is {Figures.Nats(random.Average())}, the circuit's on the same {evidence.ComparedPairs} pairs {Figures.Nats(evidence.Random.Kl)}");
        foreach (var sentence in evidence.LeftOut)
        {
            console.Line(sentence);
        }
    }

    private static string Name(ControlKind kind) => kind switch
    {
        ControlKind.Retrained => "the run again",
        ControlKind.Magnitude => "largest weights",
        ControlKind.ShuffledAnswers => "shuffled answers",
        _ => "permuted weights",
    };
}
