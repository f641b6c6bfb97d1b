using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching.Fast;
using Nodal.Tasks;

namespace Nodal.Benchmarks;

/// <summary>What a step saves by the positions it leaves out: those of the prompts' common prefix, and in the last layer all but the answer's.</summary>
/// <param name="engine">The engine that is measured.</param>
/// <param name="sizes">Sizes of the gates.</param>
/// <param name="repeats">Measurements of each configuration.</param>
internal sealed class RowsReport(Engine engine, IReadOnlyList<double> sizes, int repeats)
{
    private string Setting => $"Engine {engine.Name}; {repeats} repeats, in turn, after one step to warm up.";

    /// <summary>A task's batch as it is, and the same with another first token in the corrupted prompts, so that they have no common prefix.</summary>
    public void WritePrefix(IEnumerable<Workload> workloads)
    {
        Console.WriteLine($"\n## Common prefix\n\n{Setting} With every position: the corrupted prompts begin with another token.\n");
        var table = new MarkdownTable("task", "positions in all", "behind the common prefix", "size", "seconds a step", "min–max", "with every position", "its min–max", "times as long");
        foreach (var workload in workloads)
        {
            using var owned = workload;
            var whole = workload with { Pairs = [.. workload.BatchPairs.Select(pair => WithoutPrefix(pair, workload.Model.Config.VocabularySize))] };
            var gates = new SampledGates(workload.Layout, seed: 1);
            foreach (var size in sizes)
            {
                var (less, all) = Steps((workload, gates.At(size)), (whole, gates.At(size)));
                table.Row(
                    workload.Name, $"{workload.BatchPairs.Sum(pair => pair.Length)}", $"{workload.BatchPairs.Sum(pair => UngatedRuns<Float32Element>.DifferingTokens(pair, workload.Model.Config))}", Figures.Size(size),
                    Figures.Number(less.Median), Figures.Spread(less), Figures.Number(all.Median), Figures.Spread(all), Figures.Number(all.Median / less.Median));
            }
        }
    }

    /// <summary>A model, and one with a layer more that is closed: a closed layer costs nothing, but the layer before it is then not the last, and is computed at all positions.</summary>
    /// <param name="make">A configuration of so many layers.</param>
    /// <param name="shapes">Of the smaller models.</param>
    /// <param name="threads">Of the engine.</param>
    public void WriteLastLayer(Func<int, ModelConfig> make, IEnumerable<StepShape> shapes, int threads)
    {
        Console.WriteLine($"\n## Last layer at the answer positions only\n\n{Setting} GPT-2-small shape of so many layers, random weights; with every position: a model with one layer more, which is closed.\n");
        var table = new MarkdownTable("layers", "tokens", "size", "seconds a step", "min–max", "with every position", "its min–max", "times as long");
        foreach (var shape in shapes)
        {
            using var model = Workloads.Random("", make(shape.Layers), shape, threads);
            using var longer = Workloads.Random("", make(shape.Layers + 1), shape, threads);
            var gates = new SampledGates(model.Layout, seed: 1);
            foreach (var size in sizes)
            {
                var open = gates.At(size);
                var (less, all) = Steps((model, open), (longer, WithClosedLayer(open, model.Layout, longer.Layout)));
                table.Row(
                    $"{shape.Layers}", $"{shape.Tokens}", Figures.Size(size), Figures.Number(less.Median), Figures.Spread(less), Figures.Number(all.Median), Figures.Spread(all),
                    Figures.Number(all.Median / less.Median));
            }
        }
    }

    private (Repeats Less, Repeats All) Steps((Workload Workload, double[] Gates) less, (Workload Workload, double[] Gates) all)
    {
        using var first = engine.Create(less.Workload);
        using var second = engine.Create(all.Workload);
        var gradient = new double[all.Gates.Length];
        var seconds = Repeats.InTurn(
            repeats,
            () => first.Step(less.Workload.Batch, less.Gates, gradient.AsSpan(0, less.Gates.Length)),
            () => second.Step(all.Workload.Batch, all.Gates, gradient));
        return (seconds[0], seconds[1]);
    }

    private static EncodedPair WithoutPrefix(EncodedPair pair, int vocabulary) => pair with { Corrupted = pair.Corrupted.SetItem(0, (pair.Clean[0] + 1) % vocabulary) };

    private static double[] WithClosedLayer(double[] gates, GateLayout layout, GateLayout longer)
    {
        var result = new double[longer.Count];
        foreach (var granularity in layout.Granularities)
        {
            gates.AsSpan(layout.Span(granularity)).CopyTo(result.AsSpan(longer.Span(granularity)));
        }

        return result;
    }
}
