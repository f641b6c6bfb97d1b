using System.Globalization;
using Nodal.Runtime;
using Nodal.Tokenization;

namespace Nodal.Tests.Tokenization;

public sealed class TokenizerFileTests
{
    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("", "not JSON")]
    [InlineData("[1]", "an object")]
    [InlineData("{}", "'model'")]
    [InlineData("""{"model":{"type":"BPE","merges":[]}}""", "'vocab'")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0}}}""", "'merges'")]
    [InlineData("""{"model":{"type":"BPE","vocab":{},"merges":[]}}""", "empty vocabulary")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":-1},"merges":[]}}""", "-1")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":2000000000},"merges":[]}}""", "2000000000")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":99999999999},"merges":[]}}""", "99999999999")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":"0"},"merges":[]}}""", "a 32-bit integer")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"b":0},"merges":[]}}""", "one id to two pieces")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"a":1},"merges":[]}}""", "one piece twice")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"\ud800":0},"merges":[]}}""", "surrogate")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":["a a"]}}""", "does not belong to its vocabulary")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"aa":1},"merges":["aa"]}}""", "is not a merge")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"aa":1},"merges":[["a","a","a"]]}}""", "3 parts")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[],"unk_token":"?"}}""", "unk_token '?'")]
    [InlineData("""{"added_tokens":[{"id":0,"content":"x"}],"model":{"type":"BPE","vocab":{"a":0},"merges":[]}}""", "one id to two pieces")]
    public void A_damaged_tokenizer_json_is_refused(string json, string named) => ShouldBeRefused(named, ("tokenizer.json", json));

    [Theory]
    [InlineData("""{"pieces":[],"scores":[],"byte_fallback_offset":0,"unk_id":0,"bos_id":1,"eos_id":2}""", "empty vocabulary")]
    [InlineData("""{"pieces":["a"],"scores":[],"byte_fallback_offset":0,"unk_id":0,"bos_id":1,"eos_id":2}""", "0 scores")]
    [InlineData("""{"pieces":["a"],"scores":[0],"byte_fallback_offset":0,"unk_id":0,"bos_id":1,"eos_id":2}""", "byte_fallback_offset")]
    [InlineData("""{"pieces":["a"],"scores":["x"],"byte_fallback_offset":0}""", "a number")]
    [InlineData("""{"scores":[0]}""", "'pieces'")]
    public void A_damaged_llama2c_file_is_refused(string json, string named) => ShouldBeRefused(named, ("tok512.json", json));

    [Fact]
    public void Special_ids_outside_the_pieces_are_refused()
    {
        var pieces = string.Join(',', Enumerable.Range(0, 300).Select(id => $"\"p{id}\""));
        var scores = string.Join(',', Enumerable.Repeat("0", 300));
        ShouldBeRefused("bos_id", ("tok.json", $$"""{"pieces":[{{pieces}}],"scores":[{{scores}}],"byte_fallback_offset":3,"unk_id":0,"bos_id":300,"eos_id":2}"""));
    }

    [Fact]
    public void A_vocabulary_without_merges_is_refused()
    {
        ShouldBeRefused("no merges.txt", ("vocab.json", """{"a":0}"""));
        ShouldBeRefused("no vocab.bpe", ("encoder.json", """{"a":0}"""));
    }

    [Fact]
    public void Damaged_merges_are_refused()
    {
        ShouldBeRefused("line 2", ("vocab.json", """{"a":0,"aa":1}"""), ("merges.txt", "#version: 0.2\naa\n"));
        ShouldBeRefused("does not belong", ("vocab.json", """{"a":0,"aa":1}"""), ("merges.txt", "b a\n"));
        var vocabulary = string.Join(',', Enumerable.Range(0, 300).Select(id => string.Create(CultureInfo.InvariantCulture, $"\"piece{id}\":{id}")));
        ShouldBeRefused("300 pieces that none makes", ("vocab.json", $"{{{vocabulary}}}"), ("merges.txt", ""));
    }

    [Fact]
    public void Vocab_json_and_merges_txt_are_read()
    {
        using var folder = new TokenizerFolder();
        folder.Write("vocab.json", """{"a":0,"b":1,"ab":2,"<end>":3}""").Write("merges.txt", "#version: 0.2\na b\n");
        TokenizerFile.Load(folder.Path).Encode("abb<end>a").ShouldBe([2, 1, 3, 0]);
    }

    [Fact]
    public void A_folder_without_a_tokenizer_is_refused_with_what_is_looked_for()
    {
        ShouldBeRefused("tokenizer.json, vocab.json with merges.txt", ("readme.txt", ""));
        ShouldBeRefused("tokenizer.model, which is not read", ("tokenizer.model", ""));
        ShouldBeRefused("tok1.json, tok2.json", ("tok1.json", "{}"), ("tok2.json", "{}"));
        ShouldBeRefused("has no tokenizer", ("tokenizer_config.json", "{}"));
        Should.Throw<NodalException>(() => TokenizerFile.Load("no/such/folder")).Message.ShouldContain("no/such/folder");
    }

    private static void ShouldBeRefused(string named, params (string Name, string Text)[] files)
    {
        using var folder = new TokenizerFolder();
        foreach (var (name, text) in files)
        {
            folder.Write(name, text);
        }

        Should.Throw<NodalException>(() => TokenizerFile.Load(folder.Path)).Message.ShouldContain(named);
    }
}
