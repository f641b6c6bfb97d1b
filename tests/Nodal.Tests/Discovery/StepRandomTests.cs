using Nodal.Discovery;

namespace Nodal.Tests.Discovery;

public sealed class StepRandomTests
{
    [Fact]
    public void A_step_draws_the_same_in_every_process() =>
        (StepRandom.Of(3, 7).Next(), StepRandom.Of(-1, 0).Next()).ShouldBe((StepRandom.Of(3, 7).Next(), StepRandom.Of(-1, 0).Next()));

    [Fact]
    public void Steps_and_seeds_draw_differently()
    {
        var draws = Enumerable.Range(0, 20).SelectMany(seed => Enumerable.Range(0, 100).Select(step => StepRandom.Of(seed, step).NextDouble())).ToArray();

        draws.Distinct().Count().ShouldBe(draws.Length);
    }

    // The first draws of Random(0), Random(1), Random(2), … rise by nearly the same each time; those of steps must not.
    [Fact]
    public void First_draws_are_even_and_know_nothing_of_the_step_before()
    {
        double[] draws = [.. Enumerable.Range(0, 4000).Select(step => StepRandom.Of(0, step).NextDouble() - 0.5)];

        draws.Average().ShouldBe(0, 0.02);
        draws.Average(draw => draw * draw).ShouldBe(1.0 / 12, 0.005);
        draws.Zip(draws.Skip(1), (one, next) => one * next).Average().ShouldBe(0, 0.005);
        draws.Skip(1).Zip(draws, (next, one) => Math.Round(next - one, 3)).Distinct().Count().ShouldBeGreaterThan(1000);
    }
}
