using System.Text.Json;
using System.Text.Json.Nodes;
using Nodal.Models;
using Nodal.Runtime;
using Nodal.Tests.Patching;
using Nodal.Tests.Weights;
using Nodal.Weights;
using static TorchSharp.torch;

namespace Nodal.Tests.Models;

public sealed class LlamaFilesTests : IDisposable
{
    private static readonly ModelConfig Config = TinyModels.Config("llama-biases");

    private readonly TemporaryFolder _folder = new();
    private readonly TransformerWeights _weights = TinyModels.Weights(Config, ScalarType.Float32, seed: 1);

    public void Dispose()
    {
        _weights.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_model_in_safetensors_is_the_model_that_was_written()
    {
        using var read = FromSafetensors(WrittenLlama.HuggingFaceNames(_weights));
        read.Config.ShouldBe(Config);
        SameLogits(read);
    }

    // ggml turns neighbouring dimensions where Hugging Face turns halves; the same model must come out of both.
    [Fact]
    public void A_model_in_gguf_is_the_model_that_was_written()
    {
        using var read = FromGguf(WrittenLlama.Gguf(_folder, Config, WrittenLlama.GgufNames(_weights)));
        read.Config.ShouldBe(Config with { NormEpsilon = read.Config.NormEpsilon });
        read.Config.NormEpsilon.ShouldBe(Config.NormEpsilon, 1e-12);
        SameLogits(read);
    }

    [Fact]
    public void A_missing_tensor_is_named_with_the_shape_it_should_have() =>
        Should.Throw<NodalException>(() => FromSafetensors(WrittenLlama.HuggingFaceNames(_weights).Where(tensor => tensor.Name != "model.layers.1.mlp.up_proj.bias")))
            .Message.ShouldContain("lacks the tensor 'model.layers.1.mlp.up_proj.bias': found 33 tensors, none of that name; expected a tensor of shape [8]");

    [Fact]
    public void A_tensor_of_another_shape_is_refused() =>
        Should.Throw<NodalException>(() => FromSafetensors(WrittenLlama.HuggingFaceNames(_weights).Select(tensor =>
                tensor.Name == "model.layers.0.self_attn.v_proj.weight" ? (tensor.Name, tensor.Values.t().contiguous()) : tensor)))
            .Message.ShouldContain("'model.layers.0.self_attn.v_proj.weight' does not fit the model's configuration: found shape [10, 6]; expected [6, 10]");

    [Fact]
    public void Scaled_rotary_positions_in_gguf_are_refused()
    {
        var path = WrittenLlama.Gguf(_folder, Config, WrittenLlama.GgufNames(_weights), file =>
            file.Key("llama.rope.scaling.type", 8, writer => GgufBytes.Text(writer, "yarn")));
        Should.Throw<NodalException>(() => FromGguf(path)).Message.ShouldContain("asks for scaled rotary positions: found scaling 'yarn'");
    }

    [Fact]
    public void A_gguf_without_its_dimensions_is_refused()
    {
        var path = _folder.Write("model.gguf", new GgufBytes().Key("general.architecture", 8, writer => GgufBytes.Text(writer, "llama")).Build());
        Should.Throw<NodalException>(() => FromGguf(path)).Message.ShouldContain("lacks 'llama.attention.head_count': found no such key; expected a number");
    }

    [Theory]
    [InlineData("""{ "rope_parameters": { "rope_type": "linear", "rope_theta": 50, "factor": 4 } }""", 50, 4)]
    [InlineData("""{ "rope_scaling": { "type": "linear", "factor": 2 } }""", 100, 2)]
    [InlineData("""{ "rope_scaling": null }""", 100, null)]
    [InlineData("""{ "rope_parameters": { "rope_type": "default" } }""", 100, null)]
    public void Rotary_settings_of_new_and_old_files_are_read(string change, double theta, int? factor) =>
        ReadConfig(change).Rotary.ShouldBe(new RotaryEmbedding(theta, factor is { } by ? new RotaryScaling(by) : null));

    [Fact]
    public void What_a_configuration_leaves_out_has_the_defaults_of_the_family()
    {
        var config = ReadConfig("""{ "num_key_value_heads": null, "head_dim": null, "rms_norm_eps": null, "hidden_act": null, "rope_theta": null, "attention_bias": null, "mlp_bias": null, "tie_word_embeddings": null, "max_position_embeddings": null }""");
        (config.KeyValueHeads, config.HeadWidth, config.NormEpsilon, config.Activation, config.ContextLength).ShouldBe((3, 3, 1e-6, ActivationKind.Silu, 2048));
        (config.AttentionInputBias, config.AttentionOutputBias, config.MlpBias, config.TiedEmbeddings).ShouldBe((false, false, false, false));
        config.Rotary!.Theta.ShouldBe(10_000);
    }

    [Theory]
    [InlineData("""{ "hidden_act": "tanhshrink" }""", "an activation Nodal does not know: found 'tanhshrink'")]
    [InlineData("""{ "rope_scaling": { "rope_type": "yarn" } }""", "a kind of rotary scaling Nodal does not know: found 'yarn'")]
    [InlineData("""{ "rope_scaling": { "rope_type": "llama3", "factor": 8 } }""", "lacks 'low_freq_factor'")]
    [InlineData("""{ "hidden_size": null }""", "lacks 'hidden_size'")]
    [InlineData("""{ "hidden_size": 0 }""", "no usable 'hidden_size': found 0; expected a whole number")]
    [InlineData("""{ "hidden_size": 9000000000000000000 }""", "no usable 'hidden_size': found 9000000000000000000")]
    [InlineData("""{ "hidden_size": 2.5 }""", "no usable 'hidden_size': found 2.5")]
    [InlineData("""{ "hidden_size": "10" }""", "no usable 'hidden_size': found 10")]
    [InlineData("""{ "rms_norm_eps": -1 }""", "no usable 'rms_norm_eps': found -1; expected a positive number")]
    [InlineData("""{ "rms_norm_eps": 1e999 }""", "no usable 'rms_norm_eps': found 1e999")]
    public void A_configuration_that_cannot_be_meant_is_refused(string change, string expected) =>
        Should.Throw<NodalException>(() => ReadConfig(change)).Message.ShouldContain(expected);

    private static ModelConfig ReadConfig(string change)
    {
        var config = JsonNode.Parse(WrittenLlama.Config)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            config[name] = value?.DeepClone();
        }

        using var json = JsonDocument.Parse(config.ToJsonString());
        return new LlamaArchitecture().ReadConfig(new ModelFiles("", null!, json.RootElement));
    }

    private Transformer FromSafetensors(IEnumerable<(string Name, Tensor Values)> tensors)
    {
        using var source = WeightSource.Open(WrittenLlama.Safetensors(_folder, tensors));
        using var json = JsonDocument.Parse(WrittenLlama.Config);
        return Read(new LlamaArchitecture(), new ModelFiles("", source, json.RootElement));
    }

    private static Transformer FromGguf(string path)
    {
        using var source = WeightSource.Open(path);
        return Read(new LlamaGgufArchitecture(), new ModelFiles(path, source, null));
    }

    private static Transformer Read(IArchitecture architecture, ModelFiles files)
    {
        architecture.Matches(files).ShouldBeTrue();
        var config = architecture.ReadConfig(files);
        return new Transformer(config, architecture.ReadWeights(new TensorReader(files.Weights, ScalarType.Float32), config));
    }

    private void SameLogits(Transformer read)
    {
        using var scope = NewDisposeScope();
        using var written = TinyModels.Make("llama-biases", ScalarType.Float32);
        var tokens = TinyPairs.Clean(TinyPairs.Make(Config, count: 3));
        read.Forward(tokens).ShouldBeWithin(written.Forward(tokens), 1e-6);
    }
}
