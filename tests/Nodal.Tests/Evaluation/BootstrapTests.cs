using CsCheck;
using Nodal.Evaluation;

namespace Nodal.Tests.Evaluation;

public sealed class BootstrapTests
{
    [Fact]
    public void The_interval_of_constants_is_a_point() =>
        Bootstrap.OfMean(Enumerable.Repeat(0.25, 50).ToArray(), seed: 1).ShouldBe(new Interval(0.25, 0.25));

    // Means of two draws from {0, 1} are 0, ½ and 1 with probabilities ¼, ½ and ¼.
    [Fact]
    public void The_interval_of_two_values_reaches_from_one_to_the_other() => Bootstrap.OfMean([0, 1], seed: 1).ShouldBe(new Interval(0, 1));

    // Binomial(1000, ½) has the standard deviation 0.0158: its 2.5 % and 97.5 % quantiles are 1.96 of them from the middle, 0.469 and 0.531.
    [Fact]
    public void Quantiles_are_those_of_the_binomial_distribution()
    {
        var values = Enumerable.Range(0, 1000).Select(i => (double)(i % 2)).ToArray();
        var intervals = Enumerable.Range(0, 10).Select(seed => Bootstrap.OfMean(values, seed)).ToArray();
        intervals.Average(interval => interval.Low).ShouldBe(0.469, 0.002);
        intervals.Average(interval => interval.High).ShouldBe(0.531, 0.002);
    }

    // Every pair has the ratio 3: however they are drawn, so have their sums.
    [Fact]
    public void The_interval_of_a_ratio_comes_from_numerators_and_denominators_drawn_together()
    {
        var ratio = Estimate.OfRatio([3, 6, 30], [1, 2, 10], seed: 1)!;

        ratio.Value.ShouldBe(3, 1e-12);
        ratio.Interval.Low.ShouldBe(3, 1e-12);
        ratio.Interval.High.ShouldBe(3, 1e-12);
    }

    [Fact]
    public void Where_there_is_nothing_to_divide_by_there_is_no_ratio()
    {
        Estimate.OfRatio([1, 2], [0, 0], seed: 1).ShouldBeNull();
        Estimate.OfRatio([0, 0], [0, 0], seed: 1).ShouldBeNull();
    }

    // Of two draws from two pairs, a quarter takes the first twice and has no ratio; the others have (1 + 1) / (0 + 1) = 2 or 1 / 1 = 1.
    [Fact]
    public void Draws_without_a_ratio_are_left_out() => Estimate.OfRatio([1, 1], [0, 1], seed: 1)!.ShouldBe(new Estimate(2, new Interval(1, 2)));

    [Fact]
    public void Statistics_are_of_the_same_draws()
    {
        double[] values = [1, 5, 2, 8];
        var both = Bootstrap.Of(4, seed: 1, drawn => [drawn.Average(pair => values[pair]), -drawn.Average(pair => values[pair])]);

        both[0].ShouldBe(Bootstrap.OfMean(values, seed: 1));
        (both[1]!.Low, both[1]!.High).ShouldBe((-both[0]!.High, -both[0]!.Low));
    }

    [Fact]
    public void The_seed_decides()
    {
        var values = Enumerable.Range(0, 40).Select(i => Math.Sin(i)).ToArray();
        Bootstrap.OfMean(values, seed: 1).ShouldBe(Bootstrap.OfMean(values, seed: 1));
        Bootstrap.OfMean(values, seed: 2).ShouldNotBe(Bootstrap.OfMean(values, seed: 1));
    }

    [Fact]
    public void The_interval_holds_the_mean_and_stays_within_the_values() =>
        Gen.Select(Gen.Double[-3, 3].Array[20, 60], Gen.Int[0, 1000]).Sample(
            (values, seed) =>
            {
                var interval = Bootstrap.OfMean(values, seed);
                values.Average().ShouldBeInRange(interval.Low, interval.High);
                interval.Low.ShouldBeGreaterThanOrEqualTo(values.Min());
                interval.High.ShouldBeLessThanOrEqualTo(values.Max());
            },
            iter: 30);
}
