using Nodal.Models;
using Nodal.Tests.Patching;
using static TorchSharp.torch;

namespace Nodal.Tests.Models;

public sealed class TransformerTests
{
    public static TheoryData<string> Models => TinyModels.Names;

    [Theory]
    [MemberData(nameof(Models))]
    public void A_token_changes_logits_before_it_only_where_positions_see_those_after_them(string name)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Make(name);
        var pairs = TinyPairs.Make(model.Config, count: 3, length: 7);
        var tokens = TinyPairs.Clean(pairs);
        var changed = tokens.clone();
        changed[.., 4] = (tokens[.., 4] + 1).remainder(model.Config.VocabularySize);
        var (before, after) = (model.Forward(tokens), model.Forward(changed));

        var changes = (after - before).abs().amax([0, 2]);                                       // (t)
        changes.narrow(0, 4, 3).min().item<double>().ShouldBeGreaterThan(1e-3);
        if (model.Config.Bidirectional)
        {
            changes.min().item<double>().ShouldBeGreaterThan(1e-3);
        }
        else
        {
            changes.narrow(0, 0, 4).max().item<double>().ShouldBeLessThan(1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Prompts_of_a_batch_do_not_see_each_other(string name)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Make(name);
        var tokens = TinyPairs.Clean(TinyPairs.Make(model.Config, count: 3));
        model.Forward(tokens).narrow(0, 1, 1).ShouldBeWithin(model.Forward(tokens.narrow(0, 1, 1)), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Single_precision_is_double_precision_to_rounding(string name)
    {
        using var scope = NewDisposeScope();
        using var wide = TinyModels.Make(name);
        using var narrow = TinyModels.Make(name, ScalarType.Float32);
        var tokens = TinyPairs.Clean(TinyPairs.Make(wide.Config, count: 3));
        narrow.Precision.ShouldBe(ScalarType.Float32);
        narrow.Forward(tokens).ShouldBeWithin(wide.Forward(tokens), 1e-4);
    }

    [Theory]
    [InlineData("llama-gqa")]
    [InlineData("llama-biases")]
    public void Grouped_queries_are_full_attention_with_keys_and_values_repeated(string name)
    {
        using var scope = NewDisposeScope();
        var config = TinyModels.Config(name);
        var weights = TinyModels.Weights(config, ScalarType.Float64, seed: 2);
        LinearMap Repeated(LinearMap map) => new(Heads(map.Weight, config), map.Bias is { } bias ? Heads(bias, config) : null);
        using var grouped = new Transformer(config, weights);
        using var full = new Transformer(
            config with { KeyValueHeads = config.Heads },
            weights with { Layers = [.. weights.Layers.Select(layer => layer with { Key = Repeated(layer.Key), Value = Repeated(layer.Value) })] });
        var tokens = TinyPairs.Clean(TinyPairs.Make(config, count: 3));

        grouped.Forward(tokens).ShouldBeWithin(full.Forward(tokens), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void What_a_block_writes_is_its_linear_part_and_its_bias(string name)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Make(name);
        var z = randn(2, 3, model.Config.AttentionWidth, dtype: ScalarType.Float64);
        var h = randn(2, 3, model.Config.HiddenWidth, dtype: ScalarType.Float64);
        var nothing = zeros(model.Config.Width, dtype: ScalarType.Float64);

        (model.AttentionOutputBias(1) is null).ShouldBe(!model.Config.AttentionOutputBias);
        (model.MlpOutputBias(1) is null).ShouldBe(!model.Config.MlpBias);
        model.AttentionOutput(1, z).ShouldBeWithin(model.ProjectHeads(1, z) + (model.AttentionOutputBias(1) ?? nothing), 1e-12);
        model.MlpOutput(1, h).ShouldBeWithin(model.ProjectHidden(1, h) + (model.MlpOutputBias(1) ?? nothing), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_forward_run_leaves_only_its_logits_and_a_model_nothing(string name)
    {
        LiveTensors.Settle();
        var before = LiveTensors.Count;
        using (var tokens = tensor(new long[] { 1, 2, 3 }, 1, 3))
        using (var model = TinyModels.Make(name))
        {
            var loaded = LiveTensors.Count;
            using var logits = model.Forward(tokens);
            LiveTensors.Count.ShouldBe(loaded + 1);
        }

        LiveTensors.Count.ShouldBe(before);
    }

    private static Tensor Heads(Tensor rows, ModelConfig config) =>
        rows.view([config.KeyValueHeads, config.HeadWidth, .. rows.shape[1..]]).repeat_interleave(config.GroupSize, 0).reshape([config.AttentionWidth, .. rows.shape[1..]]);
}
