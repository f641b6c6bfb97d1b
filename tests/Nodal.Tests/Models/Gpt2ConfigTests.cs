using System.Text.Json;
using Nodal.Models;
using Nodal.Runtime;

namespace Nodal.Tests.Models;

public sealed class Gpt2ConfigTests
{
    [Fact]
    public void A_configuration_is_read_with_the_defaults_of_the_family()
    {
        var config = Read("\"n_inner\": null");
        (config.Layers, config.Width, config.Heads, config.KeyValueHeads, config.HeadWidth, config.HiddenWidth).ShouldBe((3, 24, 3, 3, 8, 96));
        (config.Norm, config.NormEpsilon, config.Activation, config.GatedMlp).ShouldBe((NormKind.LayerNorm, 1e-5, ActivationKind.GeluTanh, false));
        (config.AttentionInputBias, config.AttentionOutputBias, config.MlpBias, config.TiedEmbeddings).ShouldBe((true, true, true, true));
        (config.ContextLength, config.Rotary).ShouldBe((1024, null));
    }

    [Theory]
    [InlineData("gelu", ActivationKind.Gelu)]
    [InlineData("gelu_pytorch_tanh", ActivationKind.GeluTanh)]
    [InlineData("relu", ActivationKind.Relu)]
    [InlineData("swish", ActivationKind.Silu)]
    public void Activations_are_known_by_their_names(string name, ActivationKind expected) => Read($"\"activation_function\": \"{name}\"").Activation.ShouldBe(expected);

    [Theory]
    [InlineData("\"scale_attn_by_inverse_layer_idx\": true", "found scale_attn_by_inverse_layer_idx = True; expected scale_attn_by_inverse_layer_idx = False")]
    [InlineData("\"scale_attn_weights\": false", "found scale_attn_weights = False; expected scale_attn_weights = True")]
    public void Variants_that_compute_otherwise_are_refused(string field, string expected) =>
        Should.Throw<NodalException>(() => Read(field)).Message.ShouldContain(expected);

    private static ModelConfig Read(string field)
    {
        using var json = JsonDocument.Parse($$"""{ "model_type": "gpt2", "n_layer": 3, "n_embd": 24, "n_head": 3, "vocab_size": 96, {{field}} }""");
        return new Gpt2Architecture().ReadConfig(new ModelFiles("", null!, json.RootElement));
    }
}
