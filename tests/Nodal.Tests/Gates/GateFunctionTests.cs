using CsCheck;
using Nodal.Gates;

namespace Nodal.Tests.Gates;

public sealed class GateFunctionTests
{
    private static readonly Gen<GateFunction> Functions = Gen.Select(Gen.Double[0.05, 2], Gen.Double[0.01, 0.5]).Select((temperature, stretch) => new GateFunction(temperature, stretch));

    [Fact]
    public void Gates_are_exactly_0_and_1_from_the_reach_on_and_between_them_before() =>
        Gen.Select(Functions, Gen.Double[-5, 5]).Sample((function, threshold) =>
        {
            var (beyond, before) = (function.Reach * 1.0001, function.Reach * 0.999);
            var gates = Gates(function, threshold, threshold - beyond, threshold - before, threshold + before, threshold + beyond);
            gates[0].ShouldBe(0);
            gates[1].ShouldBeInRange(double.Epsilon, 0.01);
            gates[2].ShouldBeInRange(0.99, 1 - 1e-9);
            gates[3].ShouldBe(1);
        });

    [Fact]
    public void A_score_at_the_threshold_is_half_open() =>
        Gen.Select(Functions, Gen.Double[-5, 5]).Sample((function, threshold) => Gates(function, threshold, threshold)[0].ShouldBe(0.5, 1e-12));

    // (1 + 2 · 0.1) σ(ln 3) − 0.1 = 1.2 · 0.75 − 0.1
    [Fact]
    public void The_sigmoid_is_stretched_at_both_ends() =>
        Gates(new GateFunction(0.5, 0.1), 1, 1 + (0.5 * Math.Log(3)))[0].ShouldBe(0.8, 1e-12);

    [Fact]
    public void Gates_rise_with_scores() =>
        Gen.Select(Functions, Gen.Double[-3, 3], Gen.Double[-3, 3]).Sample((function, one, other) =>
        {
            var gates = Gates(function, 0, Math.Min(one, other), Math.Max(one, other));
            gates[1].ShouldBeGreaterThanOrEqualTo(gates[0]);
        });

    [Fact]
    public void Slopes_equal_finite_differences() =>
        Gen.Select(Functions, Gen.Double[-0.99, 0.99]).Sample((function, position) =>
        {
            const double Step = 1e-6;
            var score = position * (function.Reach - (2 * Step));
            var around = Gates(function, 0, score - Step, score, score + Step);
            Slope(function, around[1]).ShouldBe((around[2] - around[0]) / (2 * Step), 1e-4);
        });

    [Fact]
    public void Saturated_gates_have_no_slope()
    {
        var function = new GateFunction(0.5, 0.1);
        Slope(function, 0).ShouldBe(0);
        Slope(function, 1).ShouldBe(0);
    }

    [Fact]
    public void Without_a_stretch_it_is_the_plain_sigmoid()
    {
        var function = new GateFunction(2, 0);
        function.Reach.ShouldBe(double.PositiveInfinity);
        Gates(function, 0, 2 * Math.Log(4))[0].ShouldBe(0.8, 1e-12);
        Slope(function, 0.8).ShouldBe(0.8 * 0.2 / 2, 1e-12);
    }

    [Fact]
    public void Gates_are_the_formula_to_the_last_digits() =>
        Gen.Select(Functions, Gen.Double[-3, 3], Gen.Double[-5, 5].Array[1, 40]).Sample((function, threshold, scores) =>
        {
            var gates = Gates(function, threshold, scores);
            for (var i = 0; i < scores.Length; i++)
            {
                var sigmoid = 1 / (1 + Math.Exp((threshold - scores[i]) / function.Temperature));
                gates[i].ShouldBe(Math.Clamp(((1 + (2 * function.Stretch)) * sigmoid) - function.Stretch, 0, 1), 1e-14);
            }
        });

    [Fact]
    public void A_gate_has_the_same_bits_wherever_its_score_stands() =>
        Gen.Select(Functions, Gen.Double[-3, 3], Gen.Double[-3, 3].Array[1, 40], Gen.Int[0, 39]).Sample((function, threshold, scores, from) =>
        {
            from %= scores.Length;
            var (all, some) = (Gates(function, threshold, scores), Gates(function, threshold, scores[from..]));
            some.ShouldBe(all[from..]);
            Slopes(function, some).ShouldBe(Slopes(function, all)[from..]);
        });

    [Fact]
    public void Nothing_is_written_behind_the_last_gate()
    {
        var function = new GateFunction(0.5, 0.1);
        double[] gates = [7, 7, 7, 7, 7, 7, 7, 7], slopes = [.. gates];
        function.Gates([1, 2, 3, 4, 5], 3, gates);
        function.Slopes(gates.AsSpan(0, 5), slopes);
        gates[5..].ShouldBe([7, 7, 7]);
        slopes[5..].ShouldBe([7, 7, 7]);
        gates[..5].ShouldNotContain(7);
        slopes[..5].ShouldNotContain(7);
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(double.Epsilon)]
    public void The_smallest_temperatures_are_steps(double temperature) =>
        Gates(new GateFunction(temperature, 0), 1, 0.999, 1, 1.001).ShouldBe([0, 0.5, 1]);

    private static double[] Gates(GateFunction function, double threshold, params double[] scores)
    {
        var gates = new double[scores.Length];
        function.Gates(scores, threshold, gates);
        return gates;
    }

    private static double Slope(GateFunction function, double gate) => Slopes(function, [gate])[0];

    private static double[] Slopes(GateFunction function, double[] gates)
    {
        var slopes = new double[gates.Length];
        function.Slopes(gates, slopes);
        return slopes;
    }
}
