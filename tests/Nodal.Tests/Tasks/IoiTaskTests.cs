using System.Text.RegularExpressions;
using Nodal.Runtime;
using Nodal.Tasks;

namespace Nodal.Tests.Tasks;

public sealed class IoiTaskTests
{
    private static readonly string[] Names = IoiLexicon.Embedded.Names;

    [Fact]
    public void The_answer_is_the_name_said_once_and_the_foil_the_name_said_twice()
    {
        foreach (var pair in Make().All().Select(pair => pair.Pair))
        {
            Count(pair.Clean, pair.Answers.Single()).ShouldBe(1);
            Count(pair.Clean, pair.Foils.Single()).ShouldBe(2);
            pair.Clean.ShouldNotEndWith(" ");
        }
    }

    [Fact]
    public void The_corruption_is_three_other_names_in_the_same_scene()
    {
        foreach (var pair in Make().All().Select(pair => pair.Pair))
        {
            NamesOf(pair.Corrupted).Distinct().Count().ShouldBe(3);
            NamesOf(pair.Corrupted).Intersect(NamesOf(pair.Clean)).ShouldBeEmpty();
            Scene(pair.Corrupted).ShouldBe(Scene(pair.Clean));
        }
    }

    [Fact]
    public void All_fifteen_templates_come_in_both_orders()
    {
        var origins = Make().All().Select(pair => pair.Pair).ToLookup(pair => pair.Origin);
        origins.Count.ShouldBe(30);
        foreach (var pair in origins.SelectMany(group => group))
        {
            var answerFirst = NamesOf(pair.Clean)[0] == pair.Answers.Single().Trim();
            answerFirst.ShouldBe(pair.Origin.Contains("ABBA", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Names_of_several_tokens_are_left_out_and_counted()
    {
        var data = new IoiTask().Make(new WordTokenizer(longest: 5), new TaskOptions { TrainPairs = 50 });
        data.All().SelectMany(pair => NamesOf(pair.Pair.Clean)).ShouldAllBe(name => name.Length <= 5);
        var dropped = data.Dropped.Single(dropped => dropped.Reason == "name of the lexicon is not a single token");
        dropped.Count.ShouldBe(Names.Count(name => name.Length > 5));
        dropped.Examples[0].ShouldBe("Michael: 2 tokens");
    }

    [Fact]
    public void Too_few_names_is_an_error()
    {
        var fault = Should.Throw<NodalException>(() => new IoiTask().Make(new WordTokenizer(longest: 2), new TaskOptions()));
        fault.Message.ShouldContain("found 0 names that are a single token");
        fault.Message.ShouldContain("expected at least 5");
    }

    private static TaskData Make() => new IoiTask().Make(new WordTokenizer(), new TaskOptions { Seed = 3 });

    private static int Count(string text, string name) => Regex.Count(text, $@"{name}\b");

    private static string[] NamesOf(string prompt) => [.. Regex.Matches(prompt, @"\w+").Select(match => match.Value).Where(Names.Contains)];

    private static string Scene(string prompt) => Names.Aggregate(prompt, (text, name) => Regex.Replace(text, $@"\b{name}\b", "X"));
}
