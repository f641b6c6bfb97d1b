using System.Text.Json;
using Nodal.Tokenization;

namespace Nodal.Tests.Tokenization;

public sealed class SmolLm2TokenizerTests
{
    [Fact]
    public void Gguf_metadata_give_the_reference_ids_of_all_texts()
    {
        var tokenizer = GgufTokenizer.From(GgufMetadataFile.Read(TestData.Shared("models", "SmolLM2-135M-Instruct", "SmolLM2-135M-Instruct.Q4_1.gguf")));
        tokenizer.ShouldReproduce(Reference());
        tokenizer.VocabularySize.ShouldBe(49152);
        tokenizer.BeginOfSequence.ShouldBeNull();
        tokenizer.Description.ShouldBe("byte-level BPE (smollm)");
    }

    [Fact]
    public void Tokenizer_json_gives_the_reference_ids_of_all_texts()
    {
        var tokenizer = FromJson();
        tokenizer.ShouldReproduce(Reference());
        tokenizer.VocabularySize.ShouldBe(49152);
        tokenizer.BeginOfSequence.ShouldBeNull();
    }

    [Fact]
    public void Reference_ids_decode_to_their_texts()
    {
        var tokenizer = FromJson();
        Reference().Where(vector => tokenizer.Decode(vector.Ids) != vector.Text).Select(vector => vector.Text).ShouldBeEmpty();
    }

    [Fact]
    public void Bytes_without_a_piece_vanish_as_in_the_reference() => FromJson().Encode("x\u0004\u0006y").ShouldBe([104, 105]);

    private static ITokenizer FromJson() => TokenizerFile.Load(TestData.Shared("golden", "smollm2-135m", "tokenizer"));

    private static List<(string Text, int[] Ids)> Reference()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(TestData.Shared("golden", "smollm2-135m", "token_ids.json")));
        List<(string Text, int[] Ids)> vectors = [.. document.RootElement.EnumerateArray().Select(item =>
            (item.GetProperty("text").GetString()!, item.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()).ToArray()))];
        vectors.Count.ShouldBe(69);
        return vectors;
    }
}
