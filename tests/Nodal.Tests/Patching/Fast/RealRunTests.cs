using Nodal.Comparison;
using Nodal.Discovery;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runs;
using Nodal.Runtime;

namespace Nodal.Tests.Patching.Fast;

/// <summary>The embedded model on its own pairs.</summary>
public sealed class RealRunTests
{
    [Fact]
    public void In_bfloat16_the_gradient_points_where_the_plain_one_does()
    {
        using var model = ModelLoader.Load(EmbeddedModel.Id);
        var task = new TaskRequest { Task = "gp", Pairs = 200 }.Load(model);
        using var bench = new Workbench(model, task, AblationKind.Counterfactual);
        using var plain = bench.Engines.Gradient(new EngineOptions { Engine = EngineKind.Plain, Activations = ActivationPlacement.Memory }, task.Train, "");
        using var exact = bench.Engines.Gradient(Fast(EnginePrecision.Float32), task.Train, "");
        using var narrow = bench.Engines.Gradient(Fast(EnginePrecision.BFloat16), task.Train, "");
        var scores = new RankingTrainer(bench.Layout, exact, new RankingOptions { Steps = 100 }, TimeProvider.System).Train().Scores.ToArray();
        var (largest, furthest) = (0.0, 0.0);
        foreach (var size in new[] { 0.7, 0.3, 0.1, 0.05 })
        {
            var gates = Sampled(bench.Layout, scores, size);
            var (expected, actual) = (new double[gates.Length], new double[gates.Length]);
            int[] batch = [.. Enumerable.Range(0, 32)];
            var kl = plain.Step(batch, gates, expected);
            narrow.Step(batch, gates, actual).ShouldBe(kl, (0.03 * kl) + 1e-3);

            var open = Enumerable.Range(0, gates.Length).Where(i => gates[i] > 0).ToArray();
            Cosine([.. open.Select(i => actual[i])], [.. open.Select(i => expected[i])]).ShouldBeGreaterThan(0.97);
            largest = Math.Max(largest, open.Max(i => Math.Abs(expected[i])));
            furthest = Math.Max(furthest, open.Max(i => Math.Abs(actual[i] - expected[i])));
        }

        // Of all sizes together: where a size is nearly trained the gradients of its pairs cancel, and rounding, in proportion to each pair's own, does not.
        furthest.ShouldBeLessThan(3e-2 * largest);
    }

    [Fact]
    public void Training_in_bfloat16_ranks_the_nodes_as_training_in_float32_does()
    {
        using var model = ModelLoader.Load(EmbeddedModel.Id);
        var task = new TaskRequest { Task = "gp", Pairs = 40 }.Load(model);
        using var bench = new Workbench(model, task, AblationKind.Counterfactual);
        double[] Entries(EnginePrecision precision)
        {
            using var loss = bench.Engines.Gradient(Fast(precision), task.Train, "");
            return [.. new RankingTrainer(bench.Layout, loss, new RankingOptions { Steps = 40 }, TimeProvider.System).Train().Entries];
        }

        RankCorrelation.Of(Entries(EnginePrecision.Float32), Entries(EnginePrecision.BFloat16))!.Value.ShouldBeGreaterThan(0.97);
    }

    [Theory]
    [InlineData(ActivationPlacement.Memory)]
    [InlineData(ActivationPlacement.Recompute)]
    public void Memory_does_not_grow_over_two_thousand_steps(ActivationPlacement activations)
    {
        using var model = ModelLoader.Load(EmbeddedModel.Id);
        var task = new TaskRequest { Task = "gp", Pairs = 20 }.Load(model);
        using var bench = new Workbench(model, task, AblationKind.Counterfactual);
        using var fast = bench.Engines.Gradient(new EngineOptions().For(CpuFeatures.Current) with { Activations = activations }, task.Train, "");
        var random = new Random(3);
        double[] scores = [.. Enumerable.Range(0, bench.Layout.Count).Select(_ => random.NextDouble())];
        var gates = new[] { 0.7, 0.3, 0.1, 0.05 }.Select(size => Sampled(bench.Layout, scores, size)).ToArray();
        var gradient = new double[bench.Layout.Count];
        (long Managed, long Resident, long Tensors) After(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                fast.Step([0, 3, 5, 8, 13, 17], gates[step % gates.Length], gradient);
            }

            LiveTensors.Settle();
            return (GC.GetTotalMemory(forceFullCollection: true), ProcessMemory.CurrentBytes, LiveTensors.Count);
        }

        var early = After(200);
        var late = After(1800);
        late.Tensors.ShouldBe(early.Tensors);
        (late.Managed - early.Managed).ShouldBeLessThan(1 << 20);
        (late.Resident - early.Resident).ShouldBeLessThan(32 << 20);
    }

    private static EngineOptions Fast(EnginePrecision precision) => new() { Engine = EngineKind.Fast, Precision = precision, Activations = ActivationPlacement.Memory };

    private static double[] Sampled(GateLayout layout, double[] scores, double size)
    {
        var gates = new double[layout.Count];
        BudgetThreshold.Find(new GateFunction(0.1, 0.1), new SizeAccount(layout), scores, size, gates);
        return gates;
    }

    private static double Cosine(double[] left, double[] right) =>
        left.Zip(right, (a, b) => a * b).Sum() / Math.Sqrt(left.Sum(a => a * a) * right.Sum(b => b * b));
}
