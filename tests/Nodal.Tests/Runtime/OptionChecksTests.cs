using Nodal.Runtime;

namespace Nodal.Tests.Runtime;

public sealed class OptionChecksTests
{
    [Fact]
    public void All_faults_are_named_at_once()
    {
        var fault = Should.Throw<NodalException>(() => OptionChecks.Require("the options", (false, "steps 0 (at least 1)"), (true, "rate 1 (above 0)"), (false, "batch size 0 (at least 1)")));

        fault.Message.ShouldContain("the options cannot work: found steps 0 (at least 1); batch size 0 (at least 1); expected values in the ranges named");
        fault.Kind.ShouldBe(FaultKind.Usage);
    }

    [Fact]
    public void Values_that_can_work_are_let_be() => Should.NotThrow(() => OptionChecks.Require("the options", (true, "steps 1 (at least 1)")));
}
