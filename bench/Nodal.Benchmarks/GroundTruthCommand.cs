using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Nodal.Circuits;
using Nodal.Discovery;
using Nodal.Evaluation;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runs;

namespace Nodal.Benchmarks;

/// <summary><c>ground-truth</c>: how well every method finds what a compiled transformer is known to need.</summary>
internal static class GroundTruthCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model") { Required = true, Description = "folder of a compiled transformer" };
        var needed = new Option<string[]>("--needed") { Required = true, AllowMultipleArgumentsPerToken = true, Description = "heads and MLP blocks it needs, such as m0 a1.h0" };
        var methods = new Option<DiscoveryMethod[]>("--methods")
        {
            DefaultValueFactory = _ => Enum.GetValues<DiscoveryMethod>(), AllowMultipleArgumentsPerToken = true, Description = "methods; default all",
        };
        var ablation = new Option<AblationKind>("--ablation") { DefaultValueFactory = _ => AblationKind.Zero, Description = "what a closed node outputs" };
        var seeds = Options.Whole("--seeds", 3, "number of runs; seeds 0, 1, …");
        var command = new Command("ground-truth", "ROC areas of rankings against what a compiled transformer needs, on all its inputs") { model, needed, methods, ablation, seeds };
        command.SetAction(parsed =>
        {
            var truth = new GroundTruth([.. parsed.GetValue(needed)!.Select(Node.Parse)]);
            Console.WriteLine("# Rankings against what is known\n");
            MachineReport.Write(Environment.ProcessorCount);
            Console.WriteLine($"\n{parsed.GetValue(model)}, every input, {parsed.GetValue(ablation)} ablation; needed: {string.Join(", ", truth.Needed)}.\n");
            Console.WriteLine("| method | seed | heads and blocks | heads | blocks | seconds |\n| --- | --- | --- | --- | --- | --- |");
            foreach (var method in parsed.GetValue(methods)!)
            {
                for (var seed = 0; seed < parsed.GetValue(seeds); seed++)
                {
                    var (ranking, seconds) = Discover(parsed.GetValue(model)!, method, parsed.GetValue(ablation), seed);
                    var score = truth.Score(ranking);
                    Console.WriteLine($"| {method} | {seed} | {Three(score.Area)} | {Three(score.Heads)} | {Three(score.MlpBlocks)} | {Three(seconds)} |");
                }
            }
        });
        return command;
    }

    private static (Ranking Ranking, double Seconds) Discover(string model, DiscoveryMethod method, AblationKind ablation, int seed)
    {
        var folder = Directory.CreateTempSubdirectory("nodal-ground-truth-");
        try
        {
            var options = new DiscoverOptions
            {
                Model = model,
                Task = new TaskRequest { Task = EveryInput.Name },
                Method = method,
                Ablation = ablation,
                Choice = new SizeChoice { Keep = 0.5 },
                Sizes = ImmutableArray<double>.Empty,
            }.WithSeed(seed);
            var result = DiscoveryRun.Execute(options, folder.FullName, new StepLine());
            return (FinishedRun.Open(folder.FullName).ReadRanking(new GateLayout(ModelLoader.ReadConfig(model)))!, result.Seconds);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Three(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "";
}
