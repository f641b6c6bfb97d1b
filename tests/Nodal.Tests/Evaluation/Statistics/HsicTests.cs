using Nodal.Evaluation.Statistics;

namespace Nodal.Tests.Evaluation.Statistics;

public sealed class HsicTests
{
    // Of two values H K H = (1 − k) / 2 · [1 −1; −1 1] with k = exp(−½) at a bandwidth that is their distance: tr(HKH L) = (1 − k)², and (n − 1)² = 1.
    [Fact]
    public void Of_two_values_it_is_what_a_hand_computes()
    {
        var k = Math.Exp(-0.5);

        new Hsic([0, 1], [3, 7]).Statistic.ShouldBe((1 - k) * (1 - k), 1e-14);
    }

    // Of 0, 1, 2 twice: K = [1 a b; a 1 a; b a 1], a = exp(−½), b = exp(−2), and tr(KHKH) = tr K² − ⅔ Σ r² + (Σ r / 3)² with r the sums of its rows.
    [Fact]
    public void Of_three_values_it_is_what_a_hand_computes()
    {
        var (a, b) = (Math.Exp(-0.5), Math.Exp(-2));
        double[] rows = [1 + a + b, 1 + (2 * a), 1 + a + b];
        var trace = 3 + (4 * a * a) + (2 * b * b) - (2.0 / 3 * rows.Sum(row => row * row)) + (rows.Sum() / 3 * (rows.Sum() / 3));

        new Hsic([0, 1, 2], [0, 1, 2]).Statistic.ShouldBe(trace / 4, 1e-14);
        trace.ShouldBe(4 * 0.20088300629712985, 1e-12);   // the same by matrices, in Python
    }

    // Of the six orders of three values, two (as they are and mirrored) reach the observed statistic, the others have 0.1269: the exact p-value is 1/3.
    [Fact]
    public void The_p_value_tends_to_the_share_of_orders_that_reach_the_statistic()
    {
        new Hsic([0, 1, 2], [0, 2, 1]).Statistic.ShouldBe(0.12687464535967, 1e-12);
        new Hsic([0, 1, 2], [0, 1, 2]).PValue(20_000, seed: 3).ShouldBe(1.0 / 3, 0.01);
    }

    [Fact]
    public void Bandwidth_is_the_median_distance_of_two_values()
    {
        Hsic.Bandwidth([0, 1, 3]).ShouldBe(2);
        Hsic.Bandwidth([0, 0, 0, 0, 5]).ShouldBe(5, "most are equal: of those that are not");
        Hsic.Bandwidth([4, 4]).ShouldBe(1, "all are equal");
    }

    [Fact]
    public void A_dependence_without_any_correlation_is_seen()
    {
        var x = Enumerable.Range(-30, 61).Select(i => i / 10.0).ToArray();
        var test = new Hsic(x, [.. x.Select(value => value * value)]);

        test.PValue(1000, seed: 1).ShouldBe(1.0 / 1001, 1e-12);
    }

    [Fact]
    public void Independent_values_give_every_p_value_equally_often()
    {
        var random = new Random(7);
        double[] Draw() => [.. Enumerable.Range(0, 30).Select(_ => random.NextDouble())];
        var values = Enumerable.Range(0, 200).Select(seed => new Hsic(Draw(), Draw()).PValue(99, seed)).ToArray();

        values.Count(value => value <= 0.1).ShouldBeInRange(8, 34);   // Binomial(200, 0.1): 20 ± 3.3 standard deviations of 4.2
        values.Average().ShouldBe(0.5, 0.07);
    }

    [Fact]
    public void What_does_not_vary_depends_on_nothing()
    {
        var test = new Hsic([1, 2, 3, 4], [5, 5, 5, 5]);

        test.Statistic.ShouldBe(0, 1e-15);
        test.PValue(100, seed: 1).ShouldBe(1);
    }
}
