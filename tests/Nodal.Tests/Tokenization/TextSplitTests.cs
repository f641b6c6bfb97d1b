using CsCheck;
using Nodal.Runtime;
using Nodal.Tokenization;

namespace Nodal.Tests.Tokenization;

public sealed class TextSplitTests
{
    [Theory]
    [InlineData(SplitBehavior.Isolated, "the|-|final|-|-|countdown")]
    [InlineData(SplitBehavior.Removed, "the|final|countdown")]
    [InlineData(SplitBehavior.MergedWithPrevious, "the-|final-|-|countdown")]
    [InlineData(SplitBehavior.MergedWithNext, "the|-final|-|-countdown")]
    [InlineData(SplitBehavior.Contiguous, "the|-|final|--|countdown")]
    internal void Each_behaviour_is_that_of_the_reference(SplitBehavior behavior, string expected) =>
        string.Join('|', new TextSplit("-", behavior).Split("the-final--countdown")).ShouldBe(expected);

    [Fact]
    public void An_inverted_split_keeps_the_matches() =>
        new TextSplit("[a-z]+", SplitBehavior.Removed, invert: true).Split("ab, cd!").ShouldBe(["ab", "cd"]);

    [Fact]
    public void Characters_outside_the_basic_plane_count_once_and_have_their_category()
    {
        new TextSplit(@"\p{L}{1,2}").Split("𝐀𝐀𝐀!").ShouldBe(["𝐀𝐀", "𝐀", "!"]);
        new TextSplit(@"\p{N}").Split("𝟙𝟚x").ShouldBe(["𝟙", "𝟚", "x"]);
        new TextSplit(NamedPreTokenizer.Gpt2).Split("hi😀 there").ShouldBe(["hi", "😀", " there"]);
    }

    [Fact]
    public void Numbers_of_Llama_3_are_cut_in_threes_and_those_of_Qwen_2_one_by_one()
    {
        NamedPreTokenizer.Find("llama-bpe").Steps[0].Split("It's 12345\n\n x").ShouldBe(["It", "'s", " ", "123", "45", "\n\n", " x"]);
        NamedPreTokenizer.Find("qwen2").Steps[0].Split("IT'S 123").ShouldBe(["IT", "'S", " ", "1", "2", "3"]);
    }

    [Theory]
    [InlineData("default")]
    [InlineData("llama-bpe")]
    [InlineData("qwen2")]
    [InlineData("smollm")]
    public void Pieces_of_any_text_put_together_are_the_text(string name)
    {
        var steps = NamedPreTokenizer.Find(name).Steps;
        Gen.OneOf(Gen.Int[0, 0x7F], Gen.Int[0x80, 0xD7FF], Gen.Int[0xE000, 0x10FFFF]).Select(char.ConvertFromUtf32).Array[0, 40].Select(string.Concat)
            .Sample(text => string.Concat(steps.Aggregate((IEnumerable<string>)[text], (pieces, step) => pieces.SelectMany(step.Split))) == text, iter: 2000, threads: 1);
    }

    [Fact]
    public void A_pattern_that_dotnet_does_not_read_is_named() =>
        Should.Throw<NodalException>(() => new TextSplit(@"\p{Han}+", source: "tokenizer.json: pre_tokenizer")).Message.ShouldContain(@"\p{Han}+");
}
