using Nodal.Runtime;
using Nodal.Tokenization;

namespace Nodal.Tests.Tokenization;

public sealed class HuggingFaceTokenizerTests
{
    private const string ByteLevel = """{"type":"ByteLevel","add_prefix_space":false,"use_regex":true}""";
    private const string Words = """{"a":0,"b":1,"Ġ":2,"ab":3,"Ġa":4,"Ġab":5,"abb":6}""";

    [Fact]
    public void Merges_are_read_in_both_forms()
    {
        int[] expected = [3, 5];
        Load(Json(merges: """["a b","Ġ ab"]""")).Encode("ab ab").ShouldBe(expected);
        Load(Json(merges: """[["a","b"],["Ġ","ab"]]""")).Encode("ab ab").ShouldBe(expected);
    }

    [Fact]
    public void A_merge_that_comes_twice_has_its_last_rank()
    {
        const string Merges = """["a b","b c","a b"]""";
        const string Model = """ "model":{"type":"BPE","vocab":{"a":0,"b":1,"c":2,"ab":3,"bc":4},"merges": """;
        Load($$$"""{ {{{Model}}}{{{Merges}}} } }""").Encode("abc").ShouldBe([0, 4]);
        Load($$$"""{"pre_tokenizer":{{{ByteLevel}}},{{{Model}}}{{{Merges}}} } }""").Encode("abc").ShouldBe([0, 4]);
    }

    [Fact]
    public void A_template_that_starts_with_a_special_token_sets_the_begin_of_sequence()
    {
        var post = """{"type":"Sequence","processors":[{"type":"ByteLevel"},{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>"}},{"Sequence":{"id":"A"}}],"special_tokens":{"<s>":{"ids":[7]}}}]}""";
        var tokenizer = Load(Json(extra: $$""" "post_processor":{{post}},"added_tokens":[{"id":7,"content":"<s>"}], """));
        tokenizer.BeginOfSequence.ShouldBe(7);
        tokenizer.Encode("<s>a").ShouldBe([7, 0]);
        tokenizer.VocabularySize.ShouldBe(8);
    }

    [Fact]
    public void A_prefix_space_is_put_before_a_document_and_not_before_a_continuation()
    {
        var tokenizer = Load(Json(preTokenizer: """{"type":"ByteLevel","add_prefix_space":true}"""));
        tokenizer.Encode("ab").ShouldBe([5]);
        tokenizer.Encode(" ab").ShouldBe([5]);
        tokenizer.EncodeContinuation("ab").ShouldBe([3]);
    }

    [Fact]
    public void Whole_pieces_come_before_merges_where_the_file_says_so()
    {
        Load(Json(model: """ "ignore_merges":true, """)).Encode("abb").ShouldBe([6]);
        Load(Json()).Encode("abb").ShouldBe([3, 1]);
    }

    [Fact]
    public void Added_tokens_take_the_space_beside_them_where_they_say_so()
    {
        var tokenizer = Load(Json(extra: """ "added_tokens":[{"id":7,"content":"<x>","lstrip":true,"rstrip":true},{"id":8,"content":"<x><y>"}], """));
        tokenizer.Encode("a <x> b").ShouldBe([0, 7, 1]);
        tokenizer.Encode("a<x><y>b").ShouldBe([0, 8, 1]);
    }

    [Theory]
    [InlineData("always", "ab<x>ab", new[] { 3, 4, 3 })]
    [InlineData("first", "ab<x>ab", new[] { 3, 4, 5 })]
    [InlineData("never", "ab ab", new[] { 5, 3 })]
    public void Metaspace_puts_the_prefix_where_its_scheme_says(string scheme, string text, int[] expected)
    {
        var tokenizer = Load($$"""
            {"added_tokens":[{"id":4,"content":"<x>"}],
             "pre_tokenizer":{"type":"Metaspace","replacement":"▁","prepend_scheme":"{{scheme}}","split":true},
             "model":{"type":"BPE","vocab":{"a":0,"b":1,"▁":2,"▁ab":3,"ab":5},"merges":["a b","▁ ab"]} }
            """);
        tokenizer.Encode(text).ShouldBe(expected);
    }

    [Fact]
    public void Form_C_is_applied_before_merging()
    {
        var tokenizer = Load("""{"normalizer":{"type":"NFC"},"model":{"type":"BPE","vocab":{"é":0,"e":1,"\u0301":2},"merges":[]}}""");
        tokenizer.Encode("e\u0301").ShouldBe([0]);
    }

    [Fact]
    public void Unknown_characters_in_a_row_are_one_token_where_they_fuse()
    {
        const string Vocab = """ "vocab":{"<unk>":0,"a":1},"merges":[],"unk_token":"<unk>" """;
        Load($$$"""{"model":{"type":"BPE","fuse_unk":true,{{{Vocab}}} } }""").Encode("xyax").ShouldBe([0, 1, 0]);
        Load($$$"""{"model":{"type":"BPE",{{{Vocab}}} } }""").Encode("xyax").ShouldBe([0, 0, 1, 0]);
    }

    [Theory]
    [InlineData("""{"model":{"type":"Unigram"}}""", "Unigram")]
    [InlineData("""{"normalizer":{"type":"Lowercase"},"model":{"type":"BPE","vocab":{"a":0},"merges":[]}}""", "Lowercase")]
    [InlineData("""{"pre_tokenizer":{"type":"BertPreTokenizer"},"model":{"type":"BPE","vocab":{"a":0},"merges":[]}}""", "BertPreTokenizer")]
    [InlineData("""{"post_processor":{"type":"BertProcessing"},"model":{"type":"BPE","vocab":{"a":0},"merges":[]}}""", "BertProcessing")]
    [InlineData("""{"decoder":{"type":"WordPiece"},"model":{"type":"BPE","vocab":{"a":0},"merges":[]}}""", "WordPiece")]
    [InlineData("""{"model":{"type":"BPE","end_of_word_suffix":"</w>","vocab":{"a":0},"merges":[]}}""", "</w>")]
    [InlineData("""{"model":{"type":"BPE","dropout":0.1,"vocab":{"a":0},"merges":[]}}""", "dropout")]
    [InlineData("""{"added_tokens":[{"id":1,"content":"x","single_word":true}],"model":{"type":"BPE","vocab":{"a":0},"merges":[]}}""", "single_word")]
    public void A_part_that_is_not_supported_is_named(string json, string named) =>
        Should.Throw<NodalException>(() => Load(json)).Message.ShouldContain(named);

    private static string Json(string merges = """["a b","Ġ ab"]""", string extra = "", string model = "", string preTokenizer = ByteLevel) =>
        $$$"""{ {{{extra}}} "pre_tokenizer":{{{preTokenizer}}},"model":{"type":"BPE",{{{model}}}"vocab":{{{Words}}},"merges":{{{merges}}} } }""";

    private static ITokenizer Load(string json)
    {
        using var folder = new TokenizerFolder();
        return TokenizerFile.Load(folder.Write("tokenizer.json", json).Path);
    }
}
