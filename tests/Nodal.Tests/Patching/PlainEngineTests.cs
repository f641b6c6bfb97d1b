using Nodal.Gates;
using Nodal.Patching;
using Nodal.Tests.Gates;
using Nodal.Tests.Models;
using static TorchSharp.torch;

namespace Nodal.Tests.Patching;

public sealed class PlainEngineTests
{
    public static TheoryData<string, AblationKind> ModelsAndAblations =>
        [.. from name in TinyModels.Names from kind in Enum.GetValues<AblationKind>() select new TheoryDataRow<string, AblationKind>(name.Data, kind)];

    public static TheoryData<string> Models => TinyModels.Names;

    [Theory]
    [MemberData(nameof(ModelsAndAblations))]
    public void The_delta_form_equals_two_streams_that_are_mixed_at_every_node(string name, AblationKind kind)
    {
        using var setting = new PatchingSetting(name, kind);
        foreach (var gates in setting.SomeGates())
        {
            using var scope = NewDisposeScope();
            var expected = new TwoStreamModel(setting.Model, kind).Logits(setting.Clean, setting.Corrupted, gates);
            setting.Engine.Logits(setting.Batch.Ablated, gates).ShouldBeWithin(expected, 1e-10);
            setting.Engine.AnswerLogits(setting.Batch, gates).ShouldBeWithin(expected.select(1, expected.shape[1] - 1), 1e-10);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Means_of_position_classes_equal_two_streams_too(string name)
    {
        using var setting = new PatchingSetting(name, AblationKind.Mean, positions: MeanPositions.Classes);
        foreach (var gates in setting.SomeGates())
        {
            using var scope = NewDisposeScope();
            var expected = new TwoStreamModel(setting.Model, AblationKind.Mean, MeanPositions.Classes).Logits(setting.Clean, setting.Corrupted, gates);
            setting.Engine.Logits(setting.Batch.Ablated, gates).ShouldBeWithin(expected, 1e-10);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_closed_embedding_is_the_ablated_one(string name)
    {
        foreach (var positions in Enum.GetValues<MeanPositions>())
        {
            using var setting = new PatchingSetting(name, AblationKind.Mean, wholeLayout: true, positions: positions);
            using var scope = NewDisposeScope();
            var gates = Enumerable.Repeat(1.0, setting.Layout.Count).ToArray();
            gates[^1] = 0;
            var corrupted = setting.Model.Embed(setting.Corrupted);
            var mean = positions == MeanPositions.All ? corrupted.mean([0, 1], keepdim: true) : corrupted.mean([0], keepdim: true);
            if (positions == MeanPositions.Classes)
            {
                mean[.., 1..^1] = corrupted[.., 1..^1].mean([0, 1], keepdim: true);
            }

            var x = mean.expand(corrupted.shape).clone();
            for (var layer = 0; layer < setting.Model.Config.Layers; layer++)
            {
                x = x + setting.Model.AttentionOutput(layer, setting.Model.HeadResults(layer, x));
                x = x + setting.Model.MlpOutput(layer, setting.Model.Hidden(layer, x));
            }

            setting.Engine.Logits(setting.Batch.Ablated, gates).ShouldBeWithin(setting.Model.Logits(x), 1e-10);
        }
    }

    [Theory]
    [MemberData(nameof(ModelsAndAblations))]
    public void Leaving_out_closed_blocks_changes_no_logit(string name, AblationKind kind)
    {
        using var setting = new PatchingSetting(name, kind);
        using var scope = NewDisposeScope();
        var gates = setting.SomeGates()[0];
        gates[setting.Layout.IndexOf(Node.Parse("a1"))] = 0;
        gates[setting.Layout.IndexOf(Node.Parse("m0"))] = 0;
        var whole = new PlainEngine(setting.Model, setting.Layout) { SkipClosedBlocks = false };

        setting.Engine.Logits(setting.Batch.Ablated, gates).ShouldBeWithin(whole.Logits(setting.Batch.Ablated, gates), 1e-12);
    }

    [Theory]
    [MemberData(nameof(ModelsAndAblations))]
    public void All_open_is_the_full_model(string name, AblationKind kind)
    {
        using var setting = new PatchingSetting(name, kind, ScalarType.Float32);
        using var scope = NewDisposeScope();
        var open = Enumerable.Repeat(1.0, setting.Layout.Count).ToArray();
        setting.Engine.Logits(setting.Batch.Ablated, open).ShouldBeWithin(setting.Model.Forward(setting.Clean), 1e-5);
        setting.Engine.Step(setting.Batch, open, new double[setting.Layout.Count]).ShouldBe(0, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void All_closed_is_the_corrupted_run_wherever_the_tokens_agree(string name)
    {
        using var setting = new PatchingSetting(name, AblationKind.Counterfactual, ScalarType.Float32);
        using var scope = NewDisposeScope();
        var agree = setting.Clean.eq(setting.Corrupted);                                        // (b, t)
        var closed = setting.Engine.Logits(setting.Batch.Ablated, new double[setting.Layout.Count]);
        var corrupted = setting.Model.Forward(setting.Corrupted);

        agree.to(ScalarType.Int64).sum().item<long>().ShouldBe(setting.Batch.Pairs.Length * 4);
        closed[agree].ShouldBeWithin(corrupted[agree], 1e-5);
        (closed - corrupted).abs().max().item<float>().ShouldBeGreaterThan(0.01f);
    }

    [Theory]
    [MemberData(nameof(ModelsAndAblations))]
    public void Gradients_equal_finite_differences_at_every_granularity(string name, AblationKind kind)
    {
        const double Step = 1e-5;
        using var setting = new PatchingSetting(name, kind);
        var gates = RandomGates.Fixed(setting.Layout.Count, seed: 11);
        var (gradient, unused) = (new double[gates.Length], new double[gates.Length]);
        setting.Engine.Step(setting.Batch, gates, gradient);
        foreach (var position in GateLayout.All.SelectMany(granularity => Sample(setting.Layout, granularity)))
        {
            var gate = gates[position];
            gates[position] = gate + Step;
            var above = setting.Engine.Step(setting.Batch, gates, unused);
            gates[position] = gate - Step;
            var below = setting.Engine.Step(setting.Batch, gates, unused);
            gates[position] = gate;
            gradient[position].ShouldBe((above - below) / (2 * Step), 1e-7, setting.Layout[position].ToString());
        }

        gradient.Count(value => Math.Abs(value) > 1e-6).ShouldBeGreaterThan(gates.Length / 2);
    }

    [Fact]
    public void Nodes_of_a_closed_block_have_no_gradient_and_an_open_one_still_has()
    {
        using var setting = new PatchingSetting("llama-gqa", AblationKind.Counterfactual);
        var gates = RandomGates.Fixed(setting.Layout.Count, seed: 11);
        gates[setting.Layout.IndexOf(Node.Parse("m0"))] = 0;
        var gradient = Enumerable.Repeat(double.NaN, gates.Length).ToArray();
        setting.Engine.Step(setting.Batch, gates, gradient);

        gradient[setting.Layout.Span(Granularity.MlpHidden, 0)].ShouldAllBe(value => value == 0);
        gradient[setting.Layout.Span(Granularity.MlpHidden, 1)].ShouldAllBe(value => value != 0);
    }

    [Fact]
    public void All_closed_has_a_loss_and_no_gradient()
    {
        using var setting = new PatchingSetting("gpt2", AblationKind.Counterfactual);
        var gradient = Enumerable.Repeat(double.NaN, setting.Layout.Count).ToArray();
        setting.Engine.Step(setting.Batch, new double[gradient.Length], gradient).ShouldBeGreaterThan(0.01);
        gradient.ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void The_loss_is_the_mean_divergence_of_the_full_from_the_gated_model()
    {
        using var setting = new PatchingSetting("gpt2", AblationKind.Counterfactual);
        using var scope = NewDisposeScope();
        var gates = RandomGates.Fixed(setting.Layout.Count, seed: 2);
        var full = Last(setting.Model.Forward(setting.Clean));
        var gated = Last(setting.Engine.Logits(setting.Batch.Ablated, gates));
        var expected = full.Zip(gated, (one, other) => one.Zip(other, (p, q) => p * Math.Log(p / q)).Sum()).Average();

        setting.Engine.Step(setting.Batch, gates, new double[gates.Length]).ShouldBe(expected, 1e-12);
    }

    [Fact]
    public void A_step_leaves_no_tensor_and_a_run_its_logits_alone()
    {
        using var setting = new PatchingSetting("gpt2", AblationKind.Counterfactual);
        var gates = RandomGates.Fixed(setting.Layout.Count, seed: 2);
        LiveTensors.Settle();
        var before = LiveTensors.Count;
        setting.Engine.Step(setting.Batch, gates, new double[gates.Length]);
        LiveTensors.Count.ShouldBe(before);

        using var answers = setting.Engine.AnswerLogits(setting.Batch, gates);
        using var logits = setting.Engine.Logits(setting.Batch.Ablated, gates);
        LiveTensors.Count.ShouldBe(before + 2);
    }

    /// <summary>The first, middle and last node of a granularity.</summary>
    private static int[] Sample(GateLayout layout, Granularity granularity)
    {
        var (first, count) = layout.Span(granularity).GetOffsetAndLength(layout.Count);
        return [first, first + (count / 2), first + count - 1];
    }

    /// <summary>Probabilities at the last position, row by row.</summary>
    private static double[][] Last(Tensor logits)
    {
        var rows = logits.select(1, logits.shape[1] - 1).data<double>().ToArray().Chunk((int)logits.shape[2]);
        return [.. rows.Select(row => Array.ConvertAll(row, value => Math.Exp(value) / row.Sum(Math.Exp)))];
    }
}
