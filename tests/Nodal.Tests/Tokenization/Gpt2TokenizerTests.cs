using System.Diagnostics;
using CsCheck;
using Nodal.Runtime;
using Nodal.Tokenization;

namespace Nodal.Tests.Tokenization;

public sealed class Gpt2TokenizerTests
{
    [Fact]
    public void Gguf_metadata_give_all_reference_vectors() => TokenizerVectors.Gguf("gpt-2").ShouldReproduce(TokenizerVectors.Read("gpt-2"));

    [Fact]
    public void Encoder_json_and_vocab_bpe_give_all_reference_vectors()
    {
        var tokenizer = FromFiles();
        tokenizer.ShouldReproduce(TokenizerVectors.Read("gpt-2"));
        tokenizer.VocabularySize.ShouldBe(50257);
        tokenizer.BeginOfSequence.ShouldBeNull();
    }

    [Fact]
    public void The_end_of_text_token_is_found_without_a_list_of_special_tokens() => FromFiles().Encode("a<|endoftext|>b").ShouldBe([64, 50256, 65]);

    [Fact]
    public void Any_unicode_text_decodes_to_itself()
    {
        var tokenizer = FromFiles();
        Gen.OneOf(Gen.Int[0, 0x2FF], Gen.Int[0x300, 0xD7FF], Gen.Int[0xE000, 0x10FFFF]).Select(char.ConvertFromUtf32).Array[0, 60]
            .Select(string.Concat).Sample(text => tokenizer.Decode(tokenizer.Encode(text)) == text, iter: 3000, threads: 1);
    }

    [Fact]
    public void The_library_merges_as_our_own_merger_does()
    {
        var folder = TestData.Shared("data", "gpt2-tokenizer");
        var vocabulary = Vocabulary.FromEntries(JsonPart.ReadFile(Path.Combine(folder, "encoder.json"), root => root.IntegerMembers()), "encoder.json");
        Merge[] merges = [.. File.ReadLines(Path.Combine(folder, "vocab.bpe")).Skip(1).Select(line => Merge.Parse(line, "vocab.bpe"))];
        var library = new ByteLevelPieces(vocabulary, merges, "vocab.bpe");
        var ours = new SymbolPieces(vocabulary, MergeTable.FromMerges(vocabulary, merges, "vocab.bpe"), [], null, spaceMark: false);
        Gen.Frequency((9, Gen.Char[" etaoinsrhldcu"]), (1, Gen.Char['!', '\u04FF'])).Array[0, 60].Select(letters => new string(letters)).Sample(
            text => Ids(library, text).SequenceEqual(Ids(ours, ByteLevelAlphabet.Write(text))), iter: 5000, threads: 1);
    }

    [Fact]
    public void Several_threads_may_encode_at_once()
    {
        var tokenizer = FromFiles();
        var texts = TokenizerVectors.Read("gpt-2");
        var wrong = 0;
        Parallel.For(0, 2000, at =>
        {
            var (text, ids) = texts[at % texts.Count];
            if (!tokenizer.Encode(text).SequenceEqual(ids))
            {
                Interlocked.Increment(ref wrong);
            }
        });
        wrong.ShouldBe(0);
    }

    [Fact]
    public void A_continuation_has_the_ids_of_the_same_text_at_the_start()
    {
        var tokenizer = FromFiles();
        tokenizer.EncodeContinuation(" Mary").ShouldBe(tokenizer.Encode(" Mary"));
        tokenizer.EncodeContinuation(" Mary").ShouldHaveSingleItem();
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character()
    {
        var tokenizer = FromFiles();
        tokenizer.Decode(tokenizer.Encode("a\uD83Db")).ShouldBe("a\uFFFDb");
    }

    [Fact]
    public void Ten_thousand_prompts_take_at_most_seconds()
    {
        var tokenizer = FromFiles();
        var watch = Stopwatch.StartNew();
        for (var at = 0; at < 10_000; at++)
        {
            tokenizer.Encode($"When Mary and John went to the store number {at}, John gave a drink to").Count.ShouldBeGreaterThan(15);
        }

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void An_id_outside_the_vocabulary_is_refused() =>
        Should.Throw<NodalException>(() => FromFiles().Decode([50257])).Message.ShouldContain("50257");

    private static List<int> Ids(PieceModel pieces, string text)
    {
        var ids = new List<int>();
        pieces.Encode(text, ids);
        return ids;
    }

    private static ITokenizer FromFiles() => TokenizerFile.Load(TestData.Shared("data", "gpt2-tokenizer"));
}
