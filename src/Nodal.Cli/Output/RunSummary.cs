using System.Globalization;
using Nodal.Circuits;
using Nodal.Evaluation;
using Nodal.Runs;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>What a person reads when a run or a cut has ended.</summary>
internal static class RunSummary
{
    /// <param name="console">Stdout.</param>
    /// <param name="result">What was found.</param>
    /// <param name="circuit">File of the chosen circuit.</param>
    public static void Write(IAnsiConsole console, RunResult result, string circuit)
    {
        var nodes = result.Circuit!.Nodes;
        console.Line($"model {result.Model}   task {result.Task}   {result.Pairs.Train} training, {result.Pairs.Selection} selection, {result.Pairs.Test} test pairs");
        console.Line($"method {result.Method}, {Figures.Count(result.Steps, "step")}, seed {result.Seed}   ablation {result.Circuit.Provenance.Ablation.ToLowerInvariant()}");
        console.Line($"full model: accuracy {Figures.Share(result.Chosen.FullAccuracy)}, logit difference {Figures.Logits(result.Chosen.FullLogitDifference)}");
        console.WriteLine();
        console.Line("On test pairs; KL(full ‖ circuit) in nats, with its 95 % bootstrap interval:");
        SizeTable.Write(console, result.Sizes, result.AllClosed, result.Chosen, nodes.Layout);
        WriteChosen(console, result, nodes);
        WriteRefinement(console, result);
        console.WriteLine();
        if (result.Stability is { } stability)
        {
            StabilitySummary.Write(console, stability);
        }

        console.Warnings(result.Warnings);
        console.Line($"time {Figures.Time(TimeSpan.FromSeconds(result.Seconds))}, peak memory {CommandLine.ByteSize.Format(result.PeakMemoryBytes)}");
        console.Line($"run folder {result.Run}");
        console.Line($"circuit {circuit}");
        console.Line($"next: nodal show {PathWord.Of(IsOfRun(result, circuit) ? result.Run : circuit)}   nodal cut {PathWord.Of(result.Run)} --keep 0.05");
    }

    private static bool IsOfRun(RunResult result, string circuit) => circuit == Path.Combine(result.Run, "circuit.json");

    private static void WriteRefinement(IAnsiConsole console, RunResult result)
    {
        if (result.Refinement is { } refinement)
        {
            console.Line($"refined in {refinement.Runs} runs: {Words(refinement.Before)} before, {Words(refinement.After)} after, on test pairs");
        }
    }

    private static string Words(EvaluationRow row) => $"size {Figures.Share(row.Size)} ({Figures.Count(row.Parameters)} parameters), KL {Figures.Nats(row.Kl)}";

    private static void WriteChosen(IAnsiConsole console, RunResult result, NodeSet nodes)
    {
        console.Line(string.Create(CultureInfo.InvariantCulture,
            $"The chosen circuit ({result.ChosenBy}): size {Figures.Share(result.Chosen.Size)}, KL {Figures.Nats(result.Chosen.Kl)} {Figures.Range(result.Chosen.Intervals.Kl)}. Heads (kept dimensions) and MLP blocks by layer:"));
        LayerLines.Write(console, LayerContents.Of(nodes.Nodes()), CircuitShape.Of(nodes.Layout.Config));
        if (result.Chosen.Published is { } published)
        {
            console.Line($"Counted as published: {PublishedWords.Of(published)}");
        }
    }
}
