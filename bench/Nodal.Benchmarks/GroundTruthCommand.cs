using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Nodal.Discovery;
using Nodal.Evaluation;
using Nodal.Models;
using Nodal.Runs.Evidence;
using Nodal.Runtime;

namespace Nodal.Benchmarks;

/// <summary><c>ground-truth</c>: how well every method finds what the compiled transformers that come with Nodal are known to need.</summary>
internal static class GroundTruthCommand
{
    public static Command Create()
    {
        var methods = new Option<DiscoveryMethod[]>("--methods")
        {
            DefaultValueFactory = _ => Enum.GetValues<DiscoveryMethod>(), AllowMultipleArgumentsPerToken = true, Description = "methods; default all",
        };
        var seeds = Options.Whole("--seeds", 3, "number of runs; seeds 0, 1, …");
        var command = new Command("ground-truth", "ROC areas of rankings against what compiled transformers need, on all their inputs, with zero ablation") { methods, seeds };
        command.SetAction(parsed =>
        {
            Console.WriteLine("# Rankings against what is known\n");
            MachineReport.Write(Environment.ProcessorCount);
            foreach (var model in EmbeddedModel.Compiled)
            {
                Write(model, parsed.GetValue(methods)!, parsed.GetValue(seeds));
            }
        });
        return command;
    }

    private static void Write(string model, DiscoveryMethod[] methods, int seeds)
    {
        var truth = GroundTruth.Of(model);
        Console.WriteLine($"\n{model}, every input, zero ablation; needed: {string.Join(", ", truth.Needed)}.\n");
        Console.WriteLine("| method | seed | heads and blocks | heads | blocks | seconds |\n| --- | --- | --- | --- | --- | --- |");
        foreach (var method in methods)
        {
            for (var seed = 0; seed < seeds; seed++)
            {
                var start = Stopwatch.GetTimestamp();
                var score = truth.Score(KnownModels.Rank(model, method, seed, threads: null, new StepLine(), CancellationToken.None));
                var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                Console.WriteLine($"| `{Words.Of(method)}` | {seed} | {Three(score.Area)} | {Three(score.Heads)} | {Three(score.MlpBlocks)} | {Three(seconds)} |");
            }
        }
    }

    private static string Three(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "";
}
