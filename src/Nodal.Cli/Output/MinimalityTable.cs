using Nodal.Evaluation.Evidence;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>Kept nodes left out, those missed most and least, and what elimination leaves.</summary>
internal static class MinimalityTable
{
    /// <summary>Nodes shown from each end; the document has all.</summary>
    private const int Shown = 8;

    public static void Write(IAnsiConsole console, MinimalityEvidence evidence)
    {
        console.Line($"Minimality ({evidence.Runs} runs): the circuit without one node at a time (after arXiv 2211.00593)");
        string[][] rows = [.. evidence.Nodes.Select(node => new[] { node.Node, Figures.Count(node.Parameters), Figures.Of(node.Drop), Figures.Of(node.KlRise) })];
        FigureTable.Write(
            console, ["left out", "parameters", "drop of logit difference", "rise of KL"], rows.Length <= 2 * Shown ? rows : [.. rows[..Shown], ["…", "", "", ""], .. rows[^Shown..]],
            words: [0]);
        var left = evidence.Elimination.Result;
        console.Facts(
        [
            ("nodes", $"{Figures.Count(evidence.Nodes.Length)}: kept attention blocks, heads and MLP blocks"),
            ("share that could go, each alone", $"{Figures.Of(evidence.Redundant)}, at a drop of {Figures.Share(evidence.Tolerance)} of the logit difference"),
            ("backward elimination", $"{Figures.Count(evidence.Elimination.Removed.Length, "node")}, {Figures.Share(evidence.Elimination.RemovedShare)} of the circuit's parameters went together"),
            ("what is left", $"size {Figures.Share(left.Size)}, logit difference {Figures.Logits(left.LogitDifference)}, KL {Figures.Nats(left.Kl)} {Figures.Range(left.Intervals.Kl)}"),
        ]);
    }
}
