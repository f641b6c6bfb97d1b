using Nodal.Discovery;
using Nodal.Runs;
using Nodal.Runtime;

namespace Nodal.Tests.Runtime;

public sealed class OptionChecksTests
{
    [Fact]
    public void All_faults_are_named_at_once()
    {
        var fault = Should.Throw<NodalException>(() => OptionChecks.Require("the options", (false, $"steps 0 (at least 1)"), (true, $"rate 1 (above 0)"), (false, $"batch size 0 (at least 1)")));

        fault.Message.ShouldContain("the options cannot work: found steps 0 (at least 1); batch size 0 (at least 1); expected values in the ranges named");
        fault.Kind.ShouldBe(FaultKind.Usage);
    }

    [Fact]
    public void Values_that_can_work_are_let_be() => Should.NotThrow(() => OptionChecks.Require("the options", (true, $"steps 1 (at least 1)")));

    [Fact]
    public void Faults_are_said_in_every_culture_alike()
    {
        void ShouldSay(Action validate, string expected) => Should.Throw<NodalException>(validate).Message.ShouldContain(expected);

        using (new OtherCulture())
        {
            $"{-0.5}".ShouldBe("\u22120,5", "else this test shows nothing");
            ShouldSay(new RankingOptions { LearningRate = -0.5 }.Validate, "learning rate -0.5 (");
            ShouldSay(new PaperOptions { Lambda = -0.5 }.Validate, "lambda -0.5 (");
            ShouldSay(new PaperOptions { Weights = new GranularityWeights { Head = -0.5 } }.Validate, "weight of Head -0.5 (");
            ShouldSay(new ProbingOptions { Lambda = -0.5 }.Validate, "lambda -0.5 (");
            ShouldSay(new RefinementOptions { Reach = -0.5 }.Validate, "reach -0.5 (");
            ShouldSay(() => new AttributionOptions { Thresholds = [-0.5] }.Validate(DiscoveryMethod.Acdc), "thresholds -0.5 (");
            ShouldSay(new DiscoverOptions { ConstantRate = -0.5 }.Validate, "found -0.5;");
            ShouldSay(new DiscoverOptions { Sizes = [0.5, -0.5] }.Validate, "found 0.5, -0.5;");
            ShouldSay(new DiscoverOptions { Seeds = -1 }.Validate, "found -1;");
            ShouldSay(new DiscoverOptions { Threads = -1 }.Validate, "found -1;");
        }
    }
}
