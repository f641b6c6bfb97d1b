using Nodal.Gates;
using Nodal.Patching;
using Nodal.Patching.Fast;
using Nodal.Tests.Gates;
using Nodal.Tests.Patching.Fast;

namespace Nodal.Tests.Patching;

public sealed class FoldedLayersTests
{
    [Theory]
    [InlineData("llama-gqa", AblationKind.Counterfactual)]
    [InlineData("llama-biases", AblationKind.Zero)]
    [InlineData("gpt2", AblationKind.Mean)]
    public void Gradients_of_layers_blocks_and_the_embedding_equal_finite_differences(string model, AblationKind ablation)
    {
        const double Step = 1e-5;
        using var setting = new FastSetting(model, ablation, wholeLayout: true);
        var loss = new FoldedLayers(setting.Plain, setting.Layout);
        var gates = RandomGates.Fixed(setting.Layout.Count, seed: 3);
        var (gradient, unused) = (new double[gates.Length], new double[gates.Length]);
        loss.Step(setting.Everything, gates, gradient);
        foreach (var granularity in new[] { Granularity.Layer, Granularity.Embedding, Granularity.AttentionBlock, Granularity.MlpBlock })
        {
            for (var position = setting.Layout.Span(granularity).Start.Value; position < setting.Layout.Span(granularity).End.Value; position++)
            {
                double LossAt(double moved)
                {
                    double[] changed = [.. gates];
                    changed[position] += moved;
                    return loss.Step(setting.Everything, changed, unused);
                }

                gradient[position].ShouldBe((LossAt(Step) - LossAt(-Step)) / (2 * Step), 1e-7, setting.Layout[position].ToString());
                gradient[position].ShouldNotBe(0);
            }
        }
    }

    [Theory]
    [InlineData("llama-gqa", AblationKind.Counterfactual)]
    [InlineData("llama-biases", AblationKind.Mean)]
    [InlineData("gpt2", AblationKind.Zero)]
    [InlineData("gpt2", AblationKind.Counterfactual)]
    public void The_fast_engine_gives_the_plain_gradient(string model, AblationKind ablation)
    {
        using var setting = new FastSetting(model, ablation, wholeLayout: true);
        using var fast = setting.Fast<Float32Element>();
        foreach (var zeros in new[] { 0, 0.5, 0.95 })
        {
            var gates = SparseGates.Make(setting.Layout, zeros, null, seed: 8);
            gates[^1] = 0.6;
            ShouldAgree(setting, fast, gates);
        }
    }

    [Fact]
    public void The_embedding_has_a_gradient_where_every_other_gate_is_closed()
    {
        using var setting = new FastSetting("llama-gqa", AblationKind.Mean, wholeLayout: true);
        using var fast = setting.Fast<Float32Element>();
        var gates = new double[setting.Layout.Count];
        gates[^1] = 0.6;
        ShouldAgree(setting, fast, gates);

        var gradient = new double[gates.Length];
        fast.Step(setting.Everything, gates, gradient);
        gradient[^1].ShouldNotBe(0);
    }

    [Fact]
    public void A_closed_layer_has_neither_output_nor_gradient()
    {
        using var setting = new FastSetting("llama-gqa", wholeLayout: true);
        var loss = new FoldedLayers(setting.Plain, setting.Layout);
        var gates = RandomGates.Fixed(setting.Layout.Count, seed: 3);
        var (one, other) = (new double[gates.Length], new double[gates.Length]);
        gates[setting.Layout.IndexOf(Node.Parse("l0"))] = 0;
        var kl = loss.Step(setting.Everything, gates, one);
        gates[setting.Layout.IndexOf(Node.Parse("a0"))] = 0;
        gates[setting.Layout.IndexOf(Node.Parse("m0"))] = 0;

        loss.Step(setting.Everything, gates, other).ShouldBe(kl);
        one[setting.Layout.Span(Granularity.Head, 0)].ShouldAllBe(value => value == 0);
    }

    private static void ShouldAgree(FastSetting setting, IGateGradient fast, double[] gates)
    {
        var (expected, actual) = (new double[gates.Length], new double[gates.Length]);
        var folded = new FoldedLayers(fast, setting.Layout);
        var kl = new FoldedLayers(setting.Plain, setting.Layout).Step(setting.Everything, gates, expected);
        folded.Step(setting.Everything, gates, actual).ShouldBe(kl, 1e-4 * kl);
        var tolerance = 1e-4 * Math.Max(expected.Max(Math.Abs), setting.LargestHalfOpenGradient / 5);
        foreach (var position in Enumerable.Range(0, gates.Length).Where(position => gates[position] != 0))
        {
            actual[position].ShouldBe(expected[position], tolerance, setting.Layout[position].ToString());
        }
    }
}
