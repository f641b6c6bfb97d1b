using Nodal.Runtime;
using Nodal.Tokenization;

namespace Nodal.Tests.Tokenization;

public sealed class GgufTokenizerTests
{
    [Fact]
    public void A_small_byte_level_vocabulary_merges()
    {
        var tokenizer = GgufTokenizer.From(ByteLevel());
        tokenizer.Encode("abab<e>").ShouldBe([2, 2, 3]);
        tokenizer.BeginOfSequence.ShouldBeNull();
    }

    [Fact]
    public void The_begin_of_sequence_follows_flag_and_convention()
    {
        GgufTokenizer.From(With(ByteLevel(), ("tokenizer.ggml.add_bos_token", true), ("tokenizer.ggml.bos_token_id", (ushort)3))).BeginOfSequence.ShouldBe(3);
        GgufTokenizer.From(With(ByteLevel(), ("tokenizer.ggml.pre", "llama-bpe"), ("tokenizer.ggml.bos_token_id", 3L))).BeginOfSequence.ShouldBe(3);
        GgufTokenizer.From(With(SentencePiece(), ("tokenizer.ggml.add_bos_token", false))).BeginOfSequence.ShouldBeNull();
        GgufTokenizer.From(SentencePiece()).BeginOfSequence.ShouldBe(1);
    }

    [Fact]
    public void The_dummy_prefix_can_be_switched_off()
    {
        GgufTokenizer.From(SentencePiece()).Encode("a").ShouldBe([3]);
        GgufTokenizer.From(With(SentencePiece(), ("tokenizer.ggml.add_space_prefix", false))).Encode("a").ShouldBe([4]);
    }

    [Fact]
    public void Without_token_types_bytes_are_known_by_name()
    {
        var metadata = SentencePiece();
        metadata.Remove("tokenizer.ggml.token_type");
        var tokenizer = GgufTokenizer.From(metadata);
        tokenizer.EncodeContinuation("A").ShouldBe([6]);
        tokenizer.Decode([6]).ShouldBe("A");
    }

    [Fact]
    public void An_unknown_pre_tokenizer_is_refused_with_those_supported()
    {
        var fault = Should.Throw<NodalException>(() => GgufTokenizer.From(With(ByteLevel(), ("tokenizer.ggml.pre", "tekken"))));
        fault.Message.ShouldContain("'tekken'");
        fault.Message.ShouldContain("gpt-2");
        fault.Message.ShouldContain("smollm");
    }

    [Theory]
    [InlineData("tokenizer.ggml.model", "t5", "'t5'")]
    [InlineData("tokenizer.ggml.model", 3, "a string")]
    [InlineData("tokenizer.ggml.model", null, "tokenizer.ggml.model")]
    [InlineData("tokenizer.ggml.tokens", null, "tokenizer.ggml.tokens")]
    [InlineData("tokenizer.ggml.tokens", new string[0], "empty vocabulary")]
    [InlineData("tokenizer.ggml.tokens", new[] { 1, 2 }, "an array of strings")]
    [InlineData("tokenizer.ggml.merges", null, "tokenizer.ggml.merges")]
    [InlineData("tokenizer.ggml.merges", new[] { "ab" }, "element 0")]
    [InlineData("tokenizer.ggml.merges", new[] { "a c" }, "does not belong to its vocabulary")]
    [InlineData("tokenizer.ggml.token_type", new[] { 1, 1 }, "4, as many as tokens")]
    [InlineData("tokenizer.ggml.token_type", "1", "an array of 32-bit integers")]
    [InlineData("tokenizer.ggml.add_bos_token", true, "bos_token_id is missing")]
    [InlineData("tokenizer.ggml.add_bos_token", 1, "a boolean")]
    public void Metadata_that_are_missing_or_wrong_are_refused(string key, object? value, string named)
    {
        var metadata = ByteLevel();
        metadata.Remove(key);
        if (value is not null)
        {
            metadata[key] = value;
        }

        Should.Throw<NodalException>(() => GgufTokenizer.From(metadata)).Message.ShouldContain(named);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(-1)]
    [InlineData(ulong.MaxValue)]
    public void A_begin_of_sequence_outside_the_vocabulary_is_refused(object id) =>
        Should.Throw<NodalException>(() => GgufTokenizer.From(With(SentencePiece(), ("tokenizer.ggml.bos_token_id", id))));

    [Fact]
    public void Scores_must_be_there_and_as_many_as_tokens()
    {
        Should.Throw<NodalException>(() => GgufTokenizer.From(With(SentencePiece(), ("tokenizer.ggml.scores", new float[2])))).Message.ShouldContain("2 elements");
        var metadata = SentencePiece();
        metadata.Remove("tokenizer.ggml.scores");
        Should.Throw<NodalException>(() => GgufTokenizer.From(metadata)).Message.ShouldContain("tokenizer.ggml.scores");
    }

    [Fact]
    public void A_piece_of_absurd_length_is_refused() =>
        Should.Throw<NodalException>(() => GgufTokenizer.From(With(ByteLevel(), ("tokenizer.ggml.tokens", new[] { "a", "b", "ab", new string('x', 5000) })))).Message.ShouldContain("5000");

    private static Dictionary<string, object> ByteLevel() => new()
    {
        ["tokenizer.ggml.model"] = "gpt2",
        ["tokenizer.ggml.pre"] = "gpt-2",
        ["tokenizer.ggml.tokens"] = new[] { "a", "b", "ab", "<e>" },
        ["tokenizer.ggml.token_type"] = new[] { 1, 1, 1, 3 },
        ["tokenizer.ggml.merges"] = new[] { "a b" },
    };

    private static Dictionary<string, object> SentencePiece() => new()
    {
        ["tokenizer.ggml.model"] = "llama",
        ["tokenizer.ggml.tokens"] = new[] { "<unk>", "<s>", "▁", "▁a", "a", "b", "<0x41>" },
        ["tokenizer.ggml.scores"] = new float[] { 0, 0, -2, -1, -3, -4, 0 },
        ["tokenizer.ggml.token_type"] = new uint[] { 2, 3, 1, 1, 1, 1, 6 },
        ["tokenizer.ggml.bos_token_id"] = 1u,
        ["tokenizer.ggml.unknown_token_id"] = 0u,
    };

    private static Dictionary<string, object> With(Dictionary<string, object> metadata, params (string Key, object Value)[] values)
    {
        foreach (var (key, value) in values)
        {
            metadata[key] = value;
        }

        return metadata;
    }
}
