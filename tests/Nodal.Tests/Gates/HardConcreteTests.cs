using CsCheck;
using Nodal.Gates;

namespace Nodal.Tests.Gates;

public sealed class HardConcreteTests
{
    private static readonly HardConcrete Published = new(2.0 / 3, -0.1, 1.1);

    // u = 1/2: s = σ(1.5 a). a = 0: s = .5, t = .6 − .1 = .5. a = 1: s = σ(1.5) = .8175744762, t = 1.2 s − .1 = .8810893714.
    // u = .2, a = 1: log .25 = −1.3862943611, s = σ(1.5 · −.3862943611) = .3590611050, t = .3308733260.
    // u = .9, a = −2: log 9 = 2.1972245773, s = σ(.2958368660) = .5734244901, t = .5881093881.
    [Theory]
    [InlineData(0.0, 0.5, 0.5)]
    [InlineData(1.0, 0.5, 0.8810893714)]
    [InlineData(1.0, 0.2, 0.3308733260)]
    [InlineData(-2.0, 0.9, 0.5881093881)]
    [InlineData(3.0, 0.9, 1.0)]
    [InlineData(-3.0, 0.5, 0.0)]
    public void The_value_equals_that_computed_by_hand(double logAlpha, double noise, double expected) => Published.Value(logAlpha, noise).ShouldBe(expected, 1e-9);

    // (ζ − γ) s (1 − s) / β = 1.8 s (1 − s): 1.8 · .25 = .45; 1.8 · .8175744762 · .1824255238 = .2684636137.
    [Theory]
    [InlineData(0.0, 0.5, 0.45)]
    [InlineData(1.0, 0.5, 0.2684636137)]
    [InlineData(3.0, 0.9, 0.0)]
    [InlineData(-3.0, 0.5, 0.0)]
    public void The_slope_equals_that_computed_by_hand(double logAlpha, double noise, double expected) => Published.Slope(logAlpha, noise).ShouldBe(expected, 1e-9);

    [Fact]
    public void The_slope_is_that_of_finite_differences_where_the_value_is_not_clamped() =>
        Gen.Select(Gen.Double[-2, 2], Gen.Double[0.05, 0.95]).Where((logAlpha, noise) => Published.Value(logAlpha, noise) is > 0.01 and < 0.99).Sample((logAlpha, noise) =>
        {
            const double Step = 1e-5;
            var difference = (Published.Value(logAlpha + Step, noise) - Published.Value(logAlpha - Step, noise)) / (2 * Step);
            Published.Slope(logAlpha, noise).ShouldBe(difference, 1e-8);
        });

    // β log(−γ/ζ) = (2/3) log(1/11) = −1.5985968485; σ(1.5985968485) = .8318221840; σ(−3.3 + 1.5985968485) = .1542820943.
    [Theory]
    [InlineData(0.0, 0.8318221840)]
    [InlineData(-3.3, 0.1542820943)]
    public void The_probability_of_a_live_gate_equals_that_computed_by_hand(double logAlpha, double expected) => Published.LiveProbability(logAlpha).ShouldBe(expected, 1e-9);

    [Theory]
    [InlineData(-1.0, -0.1, 1.1)]
    [InlineData(0.3, -0.1, 1.1)]
    [InlineData(-1.0, -0.3, 1.1)]
    [InlineData(0.3, -0.3, 1.1)]
    [InlineData(0.3, -0.1, 1.6)]
    public void The_probabilities_are_the_shares_of_evenly_spread_noise(double logAlpha, double low, double high)
    {
        const int Draws = 20_000;
        var gate = new HardConcrete(2.0 / 3, low, high);
        var values = Enumerable.Range(0, Draws).Select(i => gate.Value(logAlpha, (i + 0.5) / Draws)).ToArray();
        gate.LiveProbability(logAlpha).ShouldBe(values.Count(value => value > 0) / (double)Draws, 1e-4);
        gate.OpenProbability(logAlpha).ShouldBe(values.Count(value => value > 0.5) / (double)Draws, 1e-4);
    }

    [Fact]
    public void A_gate_of_the_published_constants_is_open_with_the_probability_of_the_sigmoid_to_the_last_bit() =>
        Gen.Double[-1, 1].Sample(logAlpha => Published.OpenProbability(logAlpha).ShouldBe(1 / (1 + Math.Exp(-logAlpha))));

    [Fact]
    public void A_draw_is_zero_or_one_and_a_gate_is_live_unless_clamped_to_zero()
    {
        double[] logAlpha = [0.1, -0.1, -3, 3, 1];
        var (gates, live, slopes) = (new double[5], new bool[5], new double[5]);
        Published.Draw(logAlpha, [0.5, 0.5, 0.5, 0.9, 0.2], gates, live, slopes);

        gates.ShouldBe([1, 0, 0, 1, 0]);
        live.ShouldBe([true, true, false, true, true]);
        slopes.Select(slope => slope > 0).ShouldBe([true, true, false, false, true]);
    }

    [Theory]
    [InlineData(1e-8)]
    [InlineData(1 - 1e-8)]
    public void The_edges_of_the_noise_give_numbers(double noise)
    {
        Published.Value(3, noise).ShouldBe(noise < 0.5 ? 0 : 1);
        Published.Slope(3, noise).ShouldBe(0);
    }
}
