using Nodal.Discovery;
using Nodal.Runtime;

namespace Nodal.Tests.Discovery;

public sealed class RefinementOptionsTests
{
    [Fact]
    public void The_defaults_are_valid_and_do_nothing()
    {
        new RefinementOptions().Validate();
        new RefinementOptions().Runs.ShouldBe(0);
    }

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var wrong = new RefinementOptions { Runs = -1, BatchSize = 0, LearningRate = 0, Temperature = double.NaN, Reach = 0, StepsPerRound = 0 };
        var message = Should.Throw<NodalException>(wrong.Validate).Message;
        foreach (var part in new[] { "runs -1", "batch size 0", "learning rate 0", "temperature NaN", "reach 0", "steps per round 0" })
        {
            message.ShouldContain(part);
        }
    }
}
