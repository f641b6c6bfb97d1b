using Nodal.Discovery;

namespace Nodal.Tests.Discovery;

public sealed class PaperScheduleTests
{
    private static readonly PaperOptions Options = new() { Epochs = 500, LearningRate = 0.3 };

    // 1e-4 + .2999 (1 + cos(π e / 500)) / 2; the cosines of π/4, π/2 and 3π/4 are √½, 0 and −√½.
    [Theory]
    [InlineData(0, 0.3)]
    [InlineData(125, 0.25608066)]
    [InlineData(250, 0.15005)]
    [InlineData(375, 0.04401934)]
    [InlineData(500, 1e-4)]
    public void The_rate_falls_as_half_a_cosine(int epoch, double expected) => PaperSchedule.LearningRate(Options, epoch).ShouldBe(expected, 1e-8);

    [Theory]
    [InlineData(0, 1000, 0.0)]
    [InlineData(1, 1000, 0.001)]
    [InlineData(250, 1000, 0.25)]
    [InlineData(1000, 1000, 1.0)]
    [InlineData(4000, 1000, 1.0)]
    [InlineData(0, 0, 1.0)]
    public void The_penalty_grows_with_the_steps_of_the_warm_up(int step, int warmup, double expected) =>
        PaperSchedule.Warmup(Options with { WarmupSteps = warmup }, step).ShouldBe(expected, 1e-12);

    [Theory]
    [InlineData(0, 12, 1.5)]
    [InlineData(11, 12, 1.0)]
    [InlineData(1, 3, 1.25)]
    [InlineData(0, 1, 1.0)]
    public void Early_layers_cost_more(int layer, int layers, double expected) => PaperSchedule.Depth(0.5, layer, layers).ShouldBe(expected, 1e-12);
}
