using CsCheck;
using Nodal.Tasks;

namespace Nodal.Tests.Tasks;

public sealed class PairEncoderTests
{
    [Fact]
    public void Puts_the_begin_token_first_and_encodes_answers_as_continuations()
    {
        var tokenizer = new WordTokenizer(begin: 1);
        var encoded = new PairEncoder(tokenizer).Encode(Pairs.Of("So Ann is", "So Bob is", " she", " he"), out var dropped);

        dropped.ShouldBeNull();
        encoded.ShouldNotBeNull();
        encoded.Clean.ShouldBe([1, .. tokenizer.Encode("So Ann is")]);
        encoded.Corrupted.ShouldBe([1, .. tokenizer.Encode("So Bob is")]);
        encoded.Answers.ShouldBe(tokenizer.Encode(" she"));
        encoded.Foils.ShouldBe(tokenizer.Encode(" he"));
        encoded.Length.ShouldBe(4);
    }

    [Fact]
    public void Keeps_each_answer_once()
    {
        var pair = Pairs.Of("a b", "a c") with { Answers = [" x", " y", " x"], Foils = [" z", " z"] };
        var encoded = new PairEncoder(new WordTokenizer()).Encode(pair, out _)!;
        (encoded.Answers.Length, encoded.Foils.Length).ShouldBe((2, 1));
    }

    [Theory]
    [InlineData("So Ann is", "So Mary Ann is", " a", " b", "clean and corrupted differ in token count", "3 and 4 tokens")]
    [InlineData("So Ann is", "So Ann is", " a", " b", "clean and corrupted are the same", "no token differs")]
    [InlineData("", "", " a", " b", "a prompt has no tokens", "nothing stands before the answer")]
    [InlineData("one two three four five six", "one two three four five ten", " a", " b", "a prompt is longer than the model's context", "6 tokens, the model reads 5")]
    [InlineData("So Ann is", "So Bob is", " two words", " b", "an answer is not a single token", "answer ' two words' is 2 tokens")]
    [InlineData("So Ann is", "So Bob is", "", " b", "an answer is not a single token", "answer '' is 0 tokens")]
    [InlineData("So Ann is", "So Bob is", " a", " two words", "a foil is not a single token", "foil ' two words' is 2 tokens")]
    [InlineData("So Ann is", "So Bob is", " a", " a", "an answer is also a foil", "' a'")]
    public void Says_why_a_pair_is_dropped(string clean, string corrupted, string answer, string foil, string reason, string detail)
    {
        var pair = Pairs.Of(clean, corrupted, answer, foil) with { Origin = "line 7" };
        new PairEncoder(new WordTokenizer(), contextLength: 5).Encode(pair, out var dropped).ShouldBeNull();

        dropped.ShouldNotBeNull();
        dropped.Reason.ShouldBe(reason);
        dropped.Count.ShouldBe(1);
        dropped.Examples.Single().ShouldStartWith("line 7, ");
        dropped.Examples.Single().ShouldEndWith(": " + detail);
    }

    [Fact]
    public void Drops_a_pair_without_answers_or_foils()
    {
        var encoder = new PairEncoder(new WordTokenizer());
        encoder.Encode(Pairs.Of("a b", "a c") with { Answers = [] }, out var withoutAnswers).ShouldBeNull();
        encoder.Encode(Pairs.Of("a b", "a c") with { Foils = [] }, out var withoutFoils).ShouldBeNull();
        (withoutAnswers!.Reason, withoutFoils!.Reason).ShouldBe(("there is no answer", "there is no foil"));
    }

    [Fact]
    public void Either_keeps_an_aligned_pair_or_names_a_reason()
    {
        var text = Gen.OneOf("a", "b", "long words").Array[0, 4].Select(words => string.Join(' ', words));
        var answer = Gen.OneOf(" a", " b", " long words", "");
        Gen.Select(text, text, answer.Array[0, 3], answer.Array[0, 3]).Sample((clean, corrupted, answers, foils) =>
        {
            var pair = new PromptPair { Clean = clean, Corrupted = corrupted, Answers = [.. answers], Foils = [.. foils] };
            var encoded = new PairEncoder(new WordTokenizer(), contextLength: 6).Encode(pair, out var dropped);
            if (encoded is null)
                return dropped is { Count: 1, Reason.Length: > 0, Examples.Length: 1 };
            return dropped is null && encoded.Clean.Length == encoded.Corrupted.Length && encoded.Length is > 0 and <= 6
                && !encoded.Clean.SequenceEqual(encoded.Corrupted) && encoded.Answers.Length > 0 && encoded.Foils.Length > 0
                && !encoded.Answers.Intersect(encoded.Foils).Any();
        });
    }
}
