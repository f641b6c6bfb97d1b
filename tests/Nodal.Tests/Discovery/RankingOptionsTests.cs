using Nodal.Discovery;
using Nodal.Runtime;

namespace Nodal.Tests.Discovery;

public sealed class RankingOptionsTests
{
    [Fact]
    public void The_defaults_are_those_of_the_design_and_can_work()
    {
        var options = new RankingOptions();
        options.Validate();
        (options.Steps, options.BatchSize, options.LearningRate, options.MinimumSize).ShouldBe((400, 32, 0.1, null));
        (options.StartTemperature, options.EndTemperature, options.Stretch).ShouldBe((0.5, 0.05, 0.1));
        (options.ParentScore, options.LeafScore, options.Seed).ShouldBe((2, 0, 0));
        options.CheckpointSeconds.ShouldBe(30);
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var options = new RankingOptions
        {
            Steps = 0, BatchSize = -1, LearningRate = 0, MinimumSize = 1, StartTemperature = 0.1, EndTemperature = 0.2, Stretch = 2, ParentScore = double.NaN,
            CheckpointSeconds = -1,
        };
        var fault = Should.Throw<NodalException>(options.Validate);
        fault.Kind.ShouldBe(FaultKind.Usage);
        foreach (var part in new[] { "steps 0", "batch size -1", "learning rate 0", "smallest size 1", "temperatures 0.1 to 0.2", "stretch 2", "first scores NaN", "checkpoint every -1 s" })
        {
            fault.Message.ShouldContain(part);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public void Numbers_that_are_none_are_refused(double value)
    {
        Should.Throw<NodalException>((new RankingOptions { LearningRate = value }).Validate);
        Should.Throw<NodalException>((new RankingOptions { MinimumSize = value }).Validate);
        Should.Throw<NodalException>((new RankingOptions { StartTemperature = value }).Validate);
        Should.Throw<NodalException>((new RankingOptions { EndTemperature = value }).Validate);
        Should.Throw<NodalException>((new RankingOptions { Stretch = value }).Validate);
    }

    [Theory]
    [InlineData(227_520, 0.03)]
    [InlineData(106_000_000, 0.01)]
    public void A_tiny_model_is_not_drawn_down_to_nothing(long parameters, double expected) => RankingOptions.DefaultMinimumSize(parameters).ShouldBe(expected);
}
