using Nodal.Models;
using Nodal.Runtime;
using Nodal.Tests.Weights;
using static TorchSharp.torch;

namespace Nodal.Tests.Models;

public sealed class TransformerLensFilesTests : IDisposable
{
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
        WrittenTransformerLens.Write(_folder, Config, _weights, "{}");
        ReadModels.ShouldBeTheModel(_folder.Path, "compiled");
    }

    // Two embeddings, 14 tensors of each layer, the scale of the final norm and the unembedding.
    [Fact]
    public void Reading_it_leaves_no_tensor_but_its_weights()
    {
        WrittenTransformerLens.Write(_folder, Config, _weights, "{}");
        ReadModels.ShouldLeaveOnly(_folder.Path, weights: 2 + (14 * Config.Layers) + 2);
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
        File.WriteAllText(_folder.At("config.json"), WrittenTransformerLens.Configuration);
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
        WrittenTransformerLens.Write(_folder, Config, _weights, change);
        return ModelLoader.Load(_folder.Path);
    }
}
