using System.Text.Json.Nodes;
using Nodal.Models;
using Nodal.Runtime;
using Nodal.Tests.Patching;
using Nodal.Tests.Weights;
using static TorchSharp.torch;

namespace Nodal.Tests.Models;

public sealed class TransformerLensFilesTests : IDisposable
{
    internal const string Configuration = """
        {
          "model_type": "transformer_lens", "n_layers": 2, "n_ctx": 12, "d_model": 11, "d_head": 5, "n_heads": 2, "d_mlp": 9, "attn_only": false, "act_fn": "relu", "d_vocab": 7, "d_vocab_out": 6,
          "normalization_type": null, "positional_embedding_type": "standard", "attention_dir": "bidirectional", "vocab": ["a", "b", "c", "d", "e", "start", "compiler_pad"], "bos": "start"
        }
        """;

    private static readonly ModelConfig Config = TinyModels.Config("compiled");

    private readonly TemporaryFolder _folder = new();
    private readonly TransformerWeights _weights = TinyModels.Weights(Config, ScalarType.Float32, seed: 1);

    public void Dispose()
    {
        _weights.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_model_written_head_by_head_is_the_model_that_was_written()
    {
        using var read = Load("{}");
        using var written = TinyModels.Make("compiled", ScalarType.Float32);
        using var scope = NewDisposeScope();
        var tokens = TinyPairs.Clean(TinyPairs.Make(Config, count: 3));

        read.Transformer.Config.ShouldBe(Config);
        read.Transformer.Forward(tokens).ShouldBeWithin(written.Forward(tokens), 1e-6);
    }

    [Fact]
    public void Its_vocabulary_is_its_tokenizer()
    {
        using var read = Load("{}");

        read.Tokenizer!.Encode("b a  e").ShouldBe([1, 0, 4]);
        (read.Tokenizer.BeginOfSequence, read.Tokenizer.VocabularySize, read.Tokenizer.Decode([5, 2])).ShouldBe((5, 7, "start c"));
        Should.Throw<NodalException>(() => read.Tokenizer.Encode("a z")).Message.ShouldContain("does not know a word: found 'z'; expected one of a, b, c");
    }

    [Fact]
    public void Its_dimensions_are_read_without_its_weights()
    {
        File.WriteAllText(_folder.At("config.json"), Configuration);
        WrittenLlama.Safetensors(_folder, [("embed.W_E", _weights.TokenEmbedding)]);

        ModelLoader.ReadConfig(_folder.Path).ShouldBe(Config);
    }

    [Theory]
    [InlineData("""{ "normalization_type": "LN" }""", "found normalization_type = LN; expected normalization_type = null")]
    [InlineData("""{ "attn_only": true }""", "found attn_only = True; expected attn_only = false")]
    [InlineData("""{ "attention_dir": "sideways" }""", "expected attention_dir = 'causal' or 'bidirectional'")]
    [InlineData("""{ "positional_embedding_type": "rotary" }""", "expected positional_embedding_type = 'standard'")]
    [InlineData("""{ "d_mlp": null }""", "lacks 'd_mlp'")]
    [InlineData("""{ "vocab": ["a", "a"] }""", "no usable 'vocab': found 2 entries, 1 of them distinct")]
    [InlineData("""{ "d_vocab_out": 4 }""", "'unembed.W_U' does not fit the model's configuration: found shape [11, 6]; expected [11, 4]")]
    public void A_variant_that_is_not_known_is_refused(string change, string expected) => Should.Throw<NodalException>(() => Load(change)).Message.ShouldContain(expected);

    private LoadedModel Load(string change)
    {
        var config = JsonNode.Parse(Configuration)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            config[name] = value?.DeepClone();
        }

        File.WriteAllText(_folder.At("config.json"), config.ToJsonString());
        WrittenLlama.Safetensors(_folder, Tensors());
        return ModelLoader.Load(_folder.Path);
    }

    private IEnumerable<(string Name, Tensor Values)> Tensors()
    {
        Tensor OfHeads(LinearMap map) => map.Weight.view(Config.Heads, Config.HeadWidth, Config.Width).transpose(1, 2).contiguous();
        yield return ("embed.W_E", _weights.TokenEmbedding);
        yield return ("pos_embed.W_pos", _weights.PositionEmbedding!);
        yield return ("unembed.W_U", _weights.Head.Weight.t().contiguous());
        foreach (var (layer, index) in _weights.Layers.Select((layer, index) => (layer, index)))
        {
            foreach (var (map, kind) in new[] { (layer.Query, "Q"), (layer.Key, "K"), (layer.Value, "V") })
            {
                yield return ($"blocks.{index}.attn.W_{kind}", OfHeads(map));
                yield return ($"blocks.{index}.attn.b_{kind}", map.Bias!.view(Config.Heads, Config.HeadWidth));
            }

            yield return ($"blocks.{index}.attn.W_O", layer.Output.Weight.t().contiguous().view(Config.Heads, Config.HeadWidth, Config.Width));
            yield return ($"blocks.{index}.attn.b_O", layer.Output.Bias!);
            yield return ($"blocks.{index}.mlp.W_in", layer.Up.Weight.t().contiguous());
            yield return ($"blocks.{index}.mlp.b_in", layer.Up.Bias!);
            yield return ($"blocks.{index}.mlp.W_out", layer.Down.Weight.t().contiguous());
            yield return ($"blocks.{index}.mlp.b_out", layer.Down.Bias!);
        }
    }
}
