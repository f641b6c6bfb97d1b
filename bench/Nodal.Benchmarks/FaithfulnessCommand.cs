using System.CommandLine;
using System.Globalization;
using Nodal.Discovery;
using Nodal.Models;
using Nodal.Runs;

namespace Nodal.Benchmarks;

/// <summary><c>faithfulness</c>: KL of circuits on held-out pairs at several sizes, over seeds.</summary>
internal static class FaithfulnessCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model") { DefaultValueFactory = _ => EmbeddedModel.Id, Description = "id or path" };
        var task = new Option<string>("--task") { DefaultValueFactory = _ => "gp", Description = "task or pairs file" };
        var pairs = new Option<int>("--pairs") { DefaultValueFactory = _ => 200, Description = "training pairs, and as many for test" };
        var steps = new Option<int>("--steps") { DefaultValueFactory = _ => 400, Description = "optimisation steps" };
        var seeds = new Option<int>("--seeds") { DefaultValueFactory = _ => 3, Description = "number of runs; seeds 0, 1, …" };
        var sizes = new Option<double[]>("--sizes")
        {
            DefaultValueFactory = _ => [0.05, 0.1, 0.2, 0.4], AllowMultipleArgumentsPerToken = true, Description = "sizes to report",
        };
        var command = new Command("faithfulness", "KL(full ‖ circuit) on held-out pairs at several sizes") { model, task, pairs, steps, seeds, sizes };
        command.SetAction(parsed => Run(
            parsed.GetValue(model)!, parsed.GetValue(task)!, parsed.GetValue(pairs), parsed.GetValue(steps), parsed.GetValue(seeds), parsed.GetValue(sizes)!));
        return command;
    }

    private static void Run(string model, string task, int pairs, int steps, int seeds, double[] sizes)
    {
        Console.WriteLine("# KL on held-out pairs\n");
        MachineReport.Write(Environment.ProcessorCount);
        Console.WriteLine($"\n{model}, {task}, {pairs} training pairs, {steps} steps.\n");
        Console.WriteLine(Row(["seed", .. sizes.Select(size => $"KL at {size:0.##}"), "all closed", "full accuracy", "seconds", "peak GiB"]));
        Console.WriteLine(Row(Enumerable.Repeat("---", sizes.Length + 5)));
        var divergences = new List<double[]>();
        for (var seed = 0; seed < seeds; seed++)
        {
            var result = Discover(model, task, pairs, steps, seed, sizes);
            divergences.Add([.. result.Sizes.Select(row => row.Kl)]);
            Console.WriteLine(Row([
                $"{seed}", .. divergences[^1].Select(Three), Three(result.AllClosed.Kl), Three(result.AllClosed.FullAccuracy),
                $"{result.Seconds:0}", $"{result.PeakMemoryBytes / (double)(1 << 30):0.0}"]));
        }

        Console.WriteLine(Row(["mean", .. sizes.Select((_, i) => Three(divergences.Average(row => row[i]))), "", "", "", ""]));
    }

    private static RunResult Discover(string model, string task, int pairs, int steps, int seed, double[] sizes)
    {
        var folder = Directory.CreateTempSubdirectory("nodal-faithfulness-");
        try
        {
            return DiscoveryRun.Execute(
                new DiscoverOptions
                {
                    Model = model,
                    Task = new TaskRequest { Task = task, Pairs = pairs, Seed = seed },
                    Ranking = new RankingOptions { Steps = steps, Seed = seed },
                    Choice = new SizeChoice { Keep = sizes[0] },
                    Sizes = [.. sizes],
                },
                folder.FullName,
                new StepLine());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string Three(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
