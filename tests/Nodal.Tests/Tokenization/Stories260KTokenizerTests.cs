using System.Text.Json;
using Nodal.Tokenization;

namespace Nodal.Tests.Tokenization;

public sealed class Stories260KTokenizerTests
{
    [Fact]
    public void All_pairs_have_the_reference_ids()
    {
        var tokenizer = Load();
        var rows = File.ReadAllLines(TestData.Shared("data", "stories260K", "gp_pairs.jsonl"));
        rows.Length.ShouldBe(1500);
        rows.Where(row => !Matches(tokenizer, row)).ShouldBeEmpty();
    }

    [Fact]
    public void The_begin_of_sequence_token_is_one()
    {
        Load().BeginOfSequence.ShouldBe(1);
        Load().VocabularySize.ShouldBe(512);
    }

    [Fact]
    public void Known_ids_of_an_embedded_pair() =>
        Load().Encode("Kate was playing in the park.").ShouldBe([410, 462, 294, 411, 286, 337, 299, 322, 265, 282, 295, 433, 426]);

    [Fact]
    public void A_continuation_has_no_dummy_prefix()
    {
        Load().EncodeContinuation(" She").ShouldBe([338]);
        Load().EncodeContinuation(" He").ShouldBe([346]);
        Load().Encode("She").ShouldBe([338]);
    }

    [Fact]
    public void Characters_outside_the_vocabulary_are_written_as_bytes()
    {
        var tokenizer = Load();
        tokenizer.EncodeContinuation("日").ShouldBe([0xE6 + 3, 0x97 + 3, 0xA5 + 3]);
        tokenizer.Decode(tokenizer.EncodeContinuation("a日b 😀")).ShouldBe("a日b 😀");
        tokenizer.Decode([0xE6 + 3, 0x97 + 3]).ShouldBe("\uFFFD");
    }

    [Fact]
    public void The_dummy_prefix_goes_after_the_begin_of_sequence_token()
    {
        Load().Decode([1, .. Load().Encode("Once upon a time")]).ShouldBe("<s>Once upon a time");
        Load().Encode("").ShouldBeEmpty();
    }

    private static ITokenizer Load() => TokenizerFile.Load(TestData.InRepository("assets", "stories260K"));

    private static bool Matches(ITokenizer tokenizer, string row)
    {
        using var document = JsonDocument.Parse(row);
        var root = document.RootElement;
        string Text(string name) => root.GetProperty(name).GetString()!;
        int[] Ids(string name) => [.. root.GetProperty(name).EnumerateArray().Select(id => id.GetInt32())];
        return Ids("tokens").SequenceEqual([1, .. tokenizer.Encode(Text("clean"))])
            && Ids("corr_tokens").SequenceEqual([1, .. tokenizer.Encode(Text("corrupted"))])
            && tokenizer.EncodeContinuation(Text("answer")).SequenceEqual([root.GetProperty("answer_id").GetInt32()])
            && tokenizer.EncodeContinuation(Text("wrong_answer")).SequenceEqual([root.GetProperty("wrong_answer_id").GetInt32()]);
    }
}
