using Nodal.Models;
using static TorchSharp.torch;

namespace Nodal.Tests.Models;

public sealed class GoldenForwardTests
{
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData("gpt2", "config.json")]
    [InlineData("llama-gqa", "config.json")]
    [InlineData("llama-3-rope", "config.json")]
    [InlineData("llama-3-rope", "config.legacy.json")]
    [InlineData("llama-biases-head-dim", "config.json")]
    public void Logits_equal_those_of_the_reference(string name, string config)
    {
        using var golden = new GoldenModel(name, config);
        golden.Model.Forward(golden.Clean).ShouldBeWithin(golden["logits_clean"], Tolerance);
        golden.Model.Forward(golden.Corrupted).ShouldBeWithin(golden["logits_corrupted"], Tolerance);
    }

    // The reference cast the whole model to bfloat16 before it computed in float64, its rotary frequencies 1 and 0.01 too: 0.01 became 41 · 2⁻¹². This base gives the
    // same two frequencies. With the exact 0.01 the largest distance is 0.0004.
    [Fact]
    public void Logits_of_sharded_bfloat16_weights_equal_those_of_the_reference_which_rounded_its_frequencies_too()
    {
        using var golden = new GoldenModel(
            "llama-gqa-bf16-sharded", change: config => config with { Rotary = new RotaryEmbedding(Math.Pow(4096.0 / 41, 2)) });
        golden.Model.Forward(golden.Clean).ShouldBeWithin(golden["logits_clean"], Tolerance);

        using var exact = new GoldenModel("llama-gqa-bf16-sharded");
        exact.Model.Forward(exact.Clean).ShouldBeWithin(exact["logits_clean"], 1e-3);
    }

    [Theory]
    [InlineData("gpt2")]
    [InlineData("llama-gqa")]
    [InlineData("llama-3-rope")]
    [InlineData("llama-biases-head-dim")]
    public void Nodes_of_every_layer_have_the_values_of_the_reference(string name)
    {
        using var golden = new GoldenModel(name);
        foreach (var (side, tokens) in new[] { ("clean", golden.Clean), ("corrupted", golden.Corrupted) })
        {
            var x = golden.Model.Embed(tokens);
            for (var layer = 0; layer < golden.Model.Config.Layers; layer++)
            {
                Tensor Checked(string what, Tensor actual)
                {
                    actual.ShouldBeWithin(golden[$"{side}.{what}.{layer}"], Tolerance, $"{side}.{what}.{layer}");
                    return actual;
                }

                x = x + Checked("attn", golden.Model.AttentionOutput(layer, Checked("z", golden.Model.HeadResults(layer, x))));
                x = x + Checked("mlp", golden.Model.MlpOutput(layer, Checked("h", golden.Model.Hidden(layer, x))));
            }
        }
    }
}
