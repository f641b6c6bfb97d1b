using System.CommandLine;
using Nodal.Discovery;
using Nodal.Models;
using Nodal.Runs;

namespace Nodal.Benchmarks;

/// <summary><c>self-check</c>: all of the benchmarks on tiny models in a few seconds; fails where a form does not compute what the published one does.</summary>
internal static class SelfCheckCommand
{
    // Threads inside an operation wait for each other far longer than they work where tensors are tiny and the machine is busy.
    private const int Threads = 1;
    private const int Batch = 6;
    private const int RealBatch = 32;
    private static readonly StepShape Tiny = new(Layers: 2, Width: 32, Tokens: 7, Batch, Pairs: 9);

    public static Command Create()
    {
        var command = new Command("self-check", "Every benchmark on tiny models; exit code 1 where an engine and the published form disagree");
        command.SetAction(_ =>
        {
            Console.WriteLine("# Self-check\n");
            MachineReport.Write(Threads);
            var disagreeing = Step();
            Run();
            Scaling();
            Rows();
            foreach (var form in disagreeing)
            {
                Console.Error.WriteLine($"does not compute what the published form computes: {form}");
            }

            return disagreeing.Count == 0 ? 0 : 1;
        });
        return command;
    }

    /// <returns>Forms that disagree.</returns>
    private static List<string> Step()
    {
        var report = new StepReport(new StepSettings { Engines = MeasuredEngines.All, Sizes = [1, 0.5, 0.1], Repeats = 2, ProductSeconds = 0.01, PadTo = 24, AgreementSizes = [0.8, 0.3, 0.1] });
        var disagreeing = new List<string>();
        foreach (var make in Models())
        {
            using var workload = make();
            disagreeing.AddRange(report.Write(workload));
        }

        return disagreeing;
    }

    /// <summary>Both families of random weights, and a real model; the last with prompts of several lengths as well.</summary>
    private static IEnumerable<Func<Workload>> Models() =>
    [
        () => Workloads.Random("tiny GPT-2", ModelShapes.Gpt2(Tiny.Layers, Tiny.Width, heads: 4, vocabulary: 53), Tiny, Threads),
        () => Workloads.Random("tiny Llama", ModelShapes.TinyLlama, Tiny, Threads),
        () => Workloads.OneLength(EmbeddedModel.Id, EmbeddedTask, RealBatch, Threads),
        () => Workloads.Task(EmbeddedModel.Id, EmbeddedTask, RealBatch, Threads) with { Name = "stories260K, several lengths" },
    ];

    private static TaskRequest EmbeddedTask => new() { Task = "gp", Pairs = 400 };

    private static void Run()
    {
        Console.WriteLine("\n## A complete run");
        new RunReport(new RunSettings
        {
            Model = EmbeddedModel.Id, Task = EmbeddedTask with { Pairs = 40 }, Ranking = new RankingOptions { Steps = 3 }, Repeats = 2, Threads = Threads, PadTo = 24,
        }).Write();
    }

    private static void Rows()
    {
        var report = new RowsReport(MeasuredEngines.All[^2], [1, 0.1], repeats: 2);
        report.WriteLastLayer(layers => ModelShapes.Gpt2(layers, Tiny.Width, heads: 4, vocabulary: 53), [Tiny], Threads);
        report.WritePrefix([Workloads.Task(EmbeddedModel.Id, EmbeddedTask with { Pairs = 40 }, Batch, Threads)]);
    }

    private static void Scaling() => new ScalingReport(new ScalingSettings
    {
        Base = Tiny, Layers = [2, 3], Widths = [32, 64], Tokens = [7, 14], Batches = [3, 6], Pairs = [9, 12], Vocabulary = 53,
        Engines = MeasuredEngines.All, Sizes = [1, 0.1], Repeats = 2, Threads = Threads,
    }).Write();
}
