using CsCheck;
using Nodal.Discovery;

namespace Nodal.Tests.Discovery;

public sealed class AdamTests
{
    // First step: m̂ = 2, v̂ = 4. Second: m = 0.9 · 0.2 − 0.1 = 0.08, v = 0.999 · 0.004 + 0.001 = 0.004996, corrected by 0.19 and 0.001999.
    [Fact]
    public void Two_steps_equal_those_computed_by_hand()
    {
        var adam = new Adam(2);
        double[] parameters = [1, 5];
        adam.Update(parameters, [2, 0], rate: 0.1);
        parameters[0].ShouldBe(1 - (0.1 * 2 / (2 + 1e-8)), 1e-15);

        var before = parameters[0];
        adam.Update(parameters, [-1, 0], rate: 0.05);
        parameters[0].ShouldBe(before - (0.05 * (0.08 / 0.19) / (Math.Sqrt(0.004996 / 0.001999) + 1e-8)), 1e-12);
        parameters[1].ShouldBe(5);
    }

    // AdamW: 2 (1 − .1 · .01) = 1.998, then the step of size .1 against the gradient; without a gradient the decay alone.
    [Fact]
    public void Decay_shrinks_parameters_before_the_step()
    {
        var adam = new Adam(2);
        double[] parameters = [2, 5];
        adam.Update(parameters, [-3, 0], rate: 0.1, decay: 0.01);
        parameters[0].ShouldBe(1.998 + (0.1 * 3 / (3 + 1e-8)), 1e-14);
        parameters[1].ShouldBe(4.995, 1e-14);
    }

    [Fact]
    public void Each_parameter_moves_as_if_it_were_alone() =>
        Gen.Select(Gen.Double[-2, 2].Array[11], Gen.Double[-2, 2].Array[11], Gen.Double[-2, 2].Array[11]).Sample((start, one, other) =>
        {
            var (together, adam) = (start.ToArray(), new Adam(11));
            adam.Update(together, one, rate: 0.1);
            adam.Update(together, other, rate: 0.05);
            for (var i = 0; i < start.Length; i++)
            {
                var (alone, its) = (new[] { start[i] }, new Adam(1));
                its.Update(alone, [one[i]], rate: 0.1);
                its.Update(alone, [other[i]], rate: 0.05);
                together[i].ShouldBe(alone[0]);
            }
        });

    [Fact]
    public void It_finds_the_lowest_point_of_a_bowl()
    {
        var adam = new Adam(2);
        double[] parameters = [3, -2];
        for (var step = 0; step < 500; step++)
        {
            adam.Update(parameters, [2 * (parameters[0] - 1), 20 * (parameters[1] + 1)], rate: 0.1 * (1 - (step / 500.0)));
        }

        parameters[0].ShouldBe(1, 1e-3);
        parameters[1].ShouldBe(-1, 1e-3);
    }

    [Fact]
    public void It_goes_on_from_its_moments_and_step()
    {
        double[] whole = [1, 5];
        double[] parted = [1, 5];
        var adam = new Adam(2);
        adam.Update(whole, [2, 0.5], rate: 0.1);
        new Adam(2).Update(parted, [2, 0.5], rate: 0.1);
        var other = new Adam([.. adam.FirstMoment], [.. adam.SecondMoment], step: 1);

        adam.Update(whole, [-1, 3], rate: 0.05);
        other.Update(parted, [-1, 3], rate: 0.05);

        parted.ShouldBe(whole);
    }
}
