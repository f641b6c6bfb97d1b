using Nodal.Discovery;

namespace Nodal.Tests.Discovery;

public sealed class RankingScheduleTests
{
    private static readonly RankingOptions Options = new() { Steps = 401, StartTemperature = 0.5, EndTemperature = 0.05, LearningRate = 0.1 };

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(100, 0.28117066)]
    [InlineData(200, 0.15811388)]
    [InlineData(400, 0.05)]
    public void The_temperature_falls_geometrically(int step, double expected) => RankingSchedule.Temperature(Options, step).ShouldBe(expected, 1e-8);

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(100, 0.1)]
    [InlineData(200, 0.1)]
    [InlineData(300, 0.05)]
    [InlineData(399, 0.0005)]
    public void The_rate_is_constant_for_half_the_run_and_then_falls_to_nothing(int step, double expected) =>
        RankingSchedule.LearningRate(Options with { Steps = 400 }, step).ShouldBe(expected, 1e-12);

    [Fact]
    public void A_run_of_one_step_is_at_the_end_temperature() => RankingSchedule.Temperature(Options with { Steps = 1 }, 0).ShouldBe(0.05, 1e-12);
}
