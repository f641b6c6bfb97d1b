using CsCheck;
using Nodal.Evaluation.Statistics;

namespace Nodal.Tests.Evaluation.Statistics;

public sealed class ExactBinomialTests
{
    // Cumulative binomial probabilities as textbook tables print them, to four decimals.
    [Theory]
    [InlineData(3, 10, 0.3, 0.6496)]
    [InlineData(15, 20, 0.9, 0.0432)]
    [InlineData(5, 20, 0.5, 0.0207)]
    [InlineData(2, 5, 0.4, 0.6826)]
    [InlineData(0, 8, 0.25, 0.1001)]
    public void Lower_tails_are_those_of_printed_tables(int successes, int trials, double probability, double expected) =>
        ExactBinomial.AtMost(successes, trials, probability).ShouldBe(expected, 0.00005);

    // 7 or more of 8 at ½: 9 / 256, .0352 in HyperStat's example of the sign test. All of 100 at 0.9: 0.9^100, the smallest p-value that 100 random circuits can give.
    [Theory]
    [InlineData(7, 8, 0.5, 9.0 / 256)]
    [InlineData(100, 100, 0.9, 2.6561398887587478e-5)]
    [InlineData(0, 12, 0.3, 1)]
    public void Upper_tails_are_those_of_closed_forms(int successes, int trials, double probability, double expected) =>
        ExactBinomial.AtLeast(successes, trials, probability).ShouldBe(expected, 1e-12);

    // The textbook coin: 8 heads of 10 have a two-sided p-value of 112 / 1024 = 0.1094, as R's binom.test prints it. With a margin of 0.1, 9 of 10: C(10, k) 0.6^k 0.4^(10−k) over k = 0, 1, 9, 10 is 0.0480.
    [Theory]
    [InlineData(8, 10, 0, 0.109375)]
    [InlineData(2, 10, 0, 0.109375)]
    [InlineData(5, 10, 0, 1)]
    [InlineData(9, 10, 0.1, 0.0480351232)]
    [InlineData(1, 10, 0.1, 0.0480351232)]
    [InlineData(0, 0, 0.1, 1)]
    public void The_sign_test_is_two_sided_and_its_margin_makes_it_harder_to_reject(int successes, int trials, double margin, double expected) =>
        ExactBinomial.FarFromHalf(successes, trials, margin).ShouldBe(expected, 1e-10);

    [Fact]
    public void The_tails_around_any_point_make_one() => Gen.Select(Gen.Int[1, 800], Gen.Double[0.02, 0.98], Gen.Double[0, 1]).Sample((trials, probability, share) =>
    {
        var k = (int)(share * trials);
        (ExactBinomial.AtMost(k, trials, probability) + ExactBinomial.AtLeast(k + 1, trials, probability)).ShouldBe(1, 1e-9);
    });
}
