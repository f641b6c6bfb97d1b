using CsCheck;
using Nodal.Discovery;

namespace Nodal.Tests.Discovery;

public sealed class BudgetedGradientTests
{
    private static readonly Gen<double[]> Slopes = Gen.Double[0, 3].Array[6];

    // λ = (1·4 + 2·1) / (1·3 + 2·6) = 0.4; 1·(4 − 0.4·3) = 2.8; 2·(1 − 0.4·6) = −2.8.
    [Fact]
    public void Two_scores_by_hand()
    {
        var gradient = Compute([1, 2, 0], [4, 1, 9], [3, 6, 2]);
        gradient[0].ShouldBe(2.8, 1e-12);
        gradient[1].ShouldBe(-2.8, 1e-12);
        gradient[2].ShouldBe(0);
    }

    // All scores higher by the same is a higher threshold and nothing else.
    [Fact]
    public void Moving_all_scores_together_changes_nothing() =>
        Gen.Select(Slopes, Gen.Double[-2, 2].Array[6], Gen.Double[0.1, 2].Array[6])
            .Sample((slopes, loss, size) => Compute(slopes, loss, size).Sum().ShouldBe(0, 1e-9));

    [Fact]
    public void A_loss_that_is_size_alone_has_no_gradient() =>
        Gen.Select(Slopes, Gen.Double[0.1, 2].Array[6])
            .Sample((slopes, size) => Compute(slopes, size, size).ShouldAllBe(value => Math.Abs(value) < 1e-9));

    [Fact]
    public void Saturated_gates_have_no_gradient() => Compute([0, 0], [1, 2], [3, 4]).ShouldBe([0, 0]);

    private static double[] Compute(double[] slopes, double[] loss, double[] size)
    {
        var scores = Enumerable.Repeat(double.NaN, slopes.Length).ToArray();
        BudgetedGradient.Compute(slopes, loss, size, scores);
        return scores;
    }
}
