using System.CommandLine;
using System.Globalization;
using Nodal.Gates;
using Nodal.Models;

namespace Nodal.Benchmarks;

/// <summary><c>gates</c>: milliseconds of the ranking's own work per step, everything but the model's forward and backward run.</summary>
internal static class GatesCommand
{
    private static readonly ModelConfig SmolLm2 = new()
    {
        Architecture = "llama",
        Layers = 30, Width = 576, Heads = 9, KeyValueHeads = 3, HeadWidth = 64, HiddenWidth = 1536, VocabularySize = 49_152, ContextLength = 8192,
        Norm = NormKind.RmsNorm, NormEpsilon = 1e-5, Activation = ActivationKind.Silu, GatedMlp = true, TiedEmbeddings = true,
        Rotary = new RotaryEmbedding(100_000),
    };

    public static Command Create()
    {
        var steps = new Option<int>("--steps") { DefaultValueFactory = _ => 100, Description = "measured steps, temperature and rate as in a run of that many" };
        var pairs = new Option<int>("--pairs") { DefaultValueFactory = _ => 1_100, Description = "pairs that batches are drawn from" };
        var command = new Command("gates", "the ranking's own work per step, without the model") { steps, pairs };
        command.SetAction(parsed => Run(parsed.GetValue(steps), parsed.GetValue(pairs)));
        return command;
    }

    private static void Run(int steps, int pairs)
    {
        Console.WriteLine("# The ranking's own work per step\n");
        MachineReport.Write(threads: 1);
        Console.WriteLine("\nMilliseconds on one thread: median of the steps, slowest in brackets.");
        Console.WriteLine();
        Console.WriteLine($"| shape | gates | {string.Join(" | ", RankingWork.Phases)} | all | bytes allocated |");
        Console.WriteLine($"| --- {string.Concat(Enumerable.Repeat("| --- ", RankingWork.Phases.Length + 3))}|");
        foreach (var (name, config) in new[] { ("GPT-2 small", ModelShapes.Gpt2Small), ("SmolLM2-135M", SmolLm2) })
        {
            var layout = new GateLayout(config);
            new RankingWork(layout, pairs, steps).Measure();
            var work = new RankingWork(layout, pairs, steps);
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var milliseconds = work.Measure();
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            var phases = Enumerable.Range(0, RankingWork.Phases.Length).Select(phase => Cell(milliseconds.Select(step => step[phase])));
            Console.WriteLine($"| {name} | {layout.Count} | {string.Join(" | ", phases)} | {Cell(milliseconds.Select(step => step.Sum()))} | {allocated / steps} |");
        }
    }

    private static string Cell(IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{sorted[sorted.Length / 2]:0.000} ({sorted[^1]:0.000})");
    }
}
