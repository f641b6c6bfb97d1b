using Nodal.Tasks;

namespace Nodal.Tests.Tasks;

public sealed class GenderedPronounTaskTests
{
    private static readonly GenderedPronounLexicon Lexicon = GenderedPronounLexicon.Embedded;

    [Fact]
    public void Girls_are_she_and_boys_are_he_and_the_corruption_is_the_other()
    {
        var data = new GenderedPronounTask().Make(new WordTokenizer(longest: 4), new TaskOptions());
        foreach (var pair in data.All().Select(pair => pair.Pair))
        {
            var girlIsClean = Lexicon.Girls.Contains(NameOf(pair.Clean));
            pair.Answers.Single().ShouldBe(girlIsClean ? " she" : " he");
            pair.Foils.Single().ShouldBe(girlIsClean ? " he" : " she");
            (girlIsClean ? Lexicon.Boys : Lexicon.Girls).ShouldContain(NameOf(pair.Corrupted));
            pair.Clean.Replace(NameOf(pair.Clean), "", StringComparison.Ordinal).ShouldBe(pair.Corrupted.Replace(NameOf(pair.Corrupted), "", StringComparison.Ordinal));
        }

        data.All().Count(pair => pair.Pair.Answers[0] == " she").ShouldBeInRange(200, 400);
    }

    [Fact]
    public void Names_of_several_tokens_are_paired_with_names_of_as_many()
    {
        var tokenizer = new WordTokenizer(longest: 4);
        var data = new GenderedPronounTask().Make(tokenizer, new TaskOptions());
        var tokens = data.All().Select(pair => (Clean: Tokens(pair.Pair.Clean), Corrupted: Tokens(pair.Pair.Corrupted))).ToArray();
        tokens.ShouldAllBe(pair => pair.Clean == pair.Corrupted);
        tokens.Select(pair => pair.Clean).Distinct().Count().ShouldBeGreaterThan(1);
        int Tokens(string prompt) => tokenizer.Encode(" " + NameOf(prompt)).Count;
    }

    [Fact]
    public void Names_in_both_lists_are_left_out_and_counted()
    {
        var data = new GenderedPronounTask().Make(new WordTokenizer(), new TaskOptions());
        var both = Lexicon.Girls.Intersect(Lexicon.Boys).ToArray();
        data.Dropped.Single(dropped => dropped.Reason == "name is in both the girls' and the boys' list").Count.ShouldBe(both.Length);
        data.All().Prompts().Select(NameOf).Intersect(both).ShouldBeEmpty();
    }

    private static string NameOf(string prompt) => prompt.Split(' ')[1];
}
