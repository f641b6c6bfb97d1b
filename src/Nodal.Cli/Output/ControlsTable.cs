using Nodal.Evaluation.Evidence;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>Controls of the circuit's size, with the share of its faithfulness that each has.</summary>
internal static class ControlsTable
{
    public static void Write(IAnsiConsole console, ControlsEvidence evidence)
    {
        var steps = evidence.Steps == 0 ? "" : $"; trained for {Figures.Count(evidence.Steps, "step")}, the run for {Figures.Count(evidence.RunSteps)}";
        console.Line($"Controls of the same size ({evidence.Runs} runs{steps}). Share: of what the circuit takes away of the all-closed KL; from {Figures.Share(ControlRow.CloseShare)} on a control comes close, a trained one from half of what the run again has");
        FigureTable.Write(
            console, ["control", "size", "KL", "95 %", "logit\ndifference", "full\nmodel", "share", "95 %"],
            BestRandom(evidence).Concat(evidence.Rows.Select(row => (string[])
            [
                Name(row.Kind), Figures.Share(row.Row.Size), Figures.Nats(row.Row.Kl), Figures.Range(row.Row.Intervals.Kl), Figures.Logits(row.Row.LogitDifference),
                Figures.Logits(row.Row.FullLogitDifference), Figures.Logits(row.Share), Figures.Range(row.ShareInterval),
            ])), words: [0]);
        if (evidence.Random is { } compared)
        {
            console.Line($"{evidence.CloseRandom} of {compared.Random.Length} random circuits come close; their mean KL is {Figures.Nats(compared.Random.Average())}, the circuit's on the same {evidence.ComparedPairs} pairs {Figures.Nats(compared.Kl)}");
        }

        foreach (var sentence in evidence.LeftOut)
        {
            console.Line(sentence);
        }
    }

    private static string[][] BestRandom(ControlsEvidence evidence) => evidence.Random is { } compared
        ? [["random, best", "", Figures.Nats(compared.Random.Min()), "", "", "", Figures.Logits(evidence.BestRandomShare), Figures.Range(evidence.BestRandomInterval)]]
        : [];

    private static string Name(ControlKind kind) => kind switch
    {
        ControlKind.Retrained => "the run again",
        ControlKind.Magnitude => "largest weights",
        ControlKind.ShuffledAnswers => "shuffled answers",
        _ => "permuted weights",
    };
}
