using System.Text.RegularExpressions;
using Nodal.Tasks;

namespace Nodal.Tests.Tasks;

public sealed partial class DocstringTaskTests
{
    [Fact]
    public void The_answer_is_the_fourth_argument_and_the_foils_are_the_other_five()
    {
        foreach (var pair in Make().All().Select(pair => pair.Pair))
        {
            var arguments = Arguments(pair.Clean);
            arguments.Distinct().Count().ShouldBe(6);
            pair.Answers.ShouldBe([" " + arguments[3]]);
            pair.Foils.ShouldBe(arguments.Where((_, index) => index != 3).Select(name => " " + name));
        }
    }

    [Fact]
    public void The_first_three_arguments_are_documented_in_order()
    {
        foreach (var pair in Make().All().Select(pair => pair.Pair))
        {
            pair.Clean.ShouldMatch("^def \\w+\\(self(, \\w+){6}\\):\n    \"\"\"\\w+ \\w+ \\w+\n\n(    :param \\w+: \\w+ \\w+\n){3}    :param$");
            Documented(pair.Clean).ShouldBe(Arguments(pair.Clean)[..3]);
            Words().Matches(pair.Clean).Count(match => " " + match.Value == pair.Answers[0]).ShouldBe(1);
        }
    }

    [Fact]
    public void The_corruption_has_other_names_in_the_same_layout()
    {
        foreach (var pair in Make().All().Select(pair => pair.Pair))
        {
            string[] corrupted = [.. Arguments(pair.Corrupted), .. Documented(pair.Corrupted)];
            corrupted.Distinct().Count().ShouldBe(9);
            corrupted.Intersect(Arguments(pair.Clean)).ShouldBeEmpty();
            Blank(pair.Corrupted).ShouldBe(Blank(pair.Clean));
        }
    }

    [Fact]
    public void No_word_of_the_description_and_no_method_is_an_argument()
    {
        DocstringLexicon.Embedded.Words.Intersect(DocstringLexicon.Embedded.Arguments).ShouldBeEmpty();
        Make().All().Prompts().ShouldAllBe(prompt => !Arguments(prompt).Contains(Words().Matches(prompt)[1].Value));
    }

    private static TaskData Make() => new DocstringTask().Make(new WordTokenizer(), new TaskOptions());

    private static string[] Arguments(string prompt) => prompt[(prompt.IndexOf("self, ", StringComparison.Ordinal) + 6)..prompt.IndexOf(')', StringComparison.Ordinal)].Split(", ");

    private static string[] Documented(string prompt) => [.. Regex.Matches(prompt, @":param (\w+):").Select(match => match.Groups[1].Value)];

    private static string Blank(string prompt) => Regex.Replace(Regex.Replace(prompt, @":param \w+:", ":param X:"), @"self.*\)", "self)");

    [GeneratedRegex(@"\w+")]
    private static partial Regex Words();
}
