using Nodal.Tokenization;

namespace Nodal.Tests.Tokenization;

public sealed class LlamaSpmTokenizerTests
{
    [Fact]
    public void Gguf_metadata_give_all_reference_vectors()
    {
        var tokenizer = TokenizerVectors.Gguf("llama-spm");
        tokenizer.ShouldReproduce(TokenizerVectors.Read("llama-spm"));
        tokenizer.VocabularySize.ShouldBe(32000);
        tokenizer.BeginOfSequence.ShouldBe(1);
    }

    [Fact]
    public void A_continuation_has_no_dummy_prefix_and_decodes_to_itself()
    {
        var tokenizer = TokenizerVectors.Gguf("llama-spm");
        var texts = TokenizerVectors.Read("llama-spm").Select(vector => vector.Text);
        texts.Where(text => tokenizer.Decode(tokenizer.EncodeContinuation(text)) != text).ShouldBeEmpty();
    }

    [Fact]
    public void The_dummy_prefix_goes_when_it_follows_the_begin_of_sequence_token()
    {
        var tokenizer = TokenizerVectors.Gguf("llama-spm");
        tokenizer.Decode([1, .. tokenizer.Encode("Hello")]).ShouldBe("<s>Hello");
        tokenizer.Decode(tokenizer.Encode("Hello")).ShouldBe(" Hello");
    }

    [Fact]
    public void A_long_text_of_one_letter_ends_soon() => TokenizerVectors.Gguf("llama-spm").Encode(new string('a', 100_000)).Count.ShouldBeLessThan(100_000);

    [Fact]
    public void The_same_merges_as_ranks_in_a_tokenizer_json_give_the_same_ids()
    {
        var gguf = GgufMetadataFile.Read(TestData.Shared("data", "llamacpp-tokenizer-vectors", "ggml-vocab-llama-spm.gguf"));
        using var folder = new TokenizerFolder();
        folder.Write("tokenizer.json", LlamaTokenizerJson.From((string[])gguf["tokenizer.ggml.tokens"], (float[])gguf["tokenizer.ggml.scores"]));
        var tokenizer = TokenizerFile.Load(folder.Path);
        tokenizer.ShouldReproduce(TokenizerVectors.Read("llama-spm"));
        tokenizer.BeginOfSequence.ShouldBe(1);
    }
}
