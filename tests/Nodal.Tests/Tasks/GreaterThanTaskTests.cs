using System.Globalization;
using System.Text.RegularExpressions;
using Nodal.Runtime;
using Nodal.Tasks;

namespace Nodal.Tests.Tasks;

public sealed class GreaterThanTaskTests
{
    [Fact]
    public void With_two_digit_tokens_answers_are_all_later_years_and_foils_all_others()
    {
        foreach (var pair in Make(digits: 2).All().Select(pair => pair.Pair))
        {
            var digits = Digits(pair.Clean);
            pair.Answers.ShouldBe(Enumerable.Range(digits + 1, 99 - digits).Select(YearTokens.Text));
            pair.Foils.ShouldBe(Enumerable.Range(0, digits + 1).Select(YearTokens.Text));
        }
    }

    [Fact]
    public void With_single_digits_answers_are_greater_tens_and_foils_smaller_ones()
    {
        foreach (var pair in Make(digits: 1).All().Select(pair => pair.Pair))
        {
            var tens = Digits(pair.Clean) / 10;
            pair.Answers.ShouldBe(Enumerable.Range(tens + 1, 9 - tens).Select(digit => $"{digit}"));
            pair.Foils.ShouldBe(Enumerable.Range(0, tens).Select(digit => $"{digit}"));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_corruption_is_the_year_01_of_the_same_century(int digits)
    {
        foreach (var pair in Make(digits).All().Select(pair => pair.Pair))
        {
            pair.Clean.ShouldMatch(@"^The \w+ lasted from the year (1[1-7])[0-9]{2} to the year \1$");
            pair.Corrupted.ShouldBe(Regex.Replace(pair.Clean, "(1[1-7])[0-9]{2}", "${1}01"));
            Digits(pair.Clean).ShouldBeInRange(2, 98);
        }
    }

    [Fact]
    public void A_tokenizer_that_splits_years_neither_way_is_an_error_that_shows_the_split()
    {
        var fault = Should.Throw<NodalException>(() => Make(digits: 3));
        fault.Message.ShouldContain("found ' 1742' as ' 174', '2'");
        fault.Message.ShouldContain("expected '17' followed by '42', or by '4' and '2'");
    }

    [Fact]
    public void Years_that_are_one_token_are_left_out_and_counted()
    {
        var data = new GreaterThanTask().Make(new WholeYears(), new TaskOptions { TrainPairs = 500 });
        data.All().Count(pair => Digits(pair.Pair.Clean) is 42 or 43).ShouldBe(0);
        data.All().Count(pair => pair.Pair.Clean.EndsWith(" 12", StringComparison.Ordinal)).ShouldBe(0);
        var dropped = data.Dropped.Single(dropped => dropped.Reason == YearTokens.NotSplit);
        // 42 and 43 of six centuries, and all 97 years of the one whose corruption is one token.
        dropped.Count.ShouldBe((6 * 2) + 97);
        dropped.Examples[0].ShouldBe("1142");
    }

    private static TaskData Make(int digits) => new GreaterThanTask().Make(new WordTokenizer(digits), new TaskOptions());

    private static int Digits(string prompt) => int.Parse(Regex.Match(prompt, "[0-9]{4}").Value[2..], CultureInfo.InvariantCulture);
}
