using Nodal.Cli.Output;
using Nodal.Evaluation;
using Nodal.Evaluation.Evidence;
using Nodal.Runs;

namespace Nodal.EndToEnd.Output;

public sealed class MethodSummaryTests
{
    [Fact]
    public void Areas_that_a_method_lacks_are_dashes_and_runs_that_failed_are_named()
    {
        var estimate = new Estimate(0.5, new Interval(0.4, 0.6));
        var area = new FaithfulnessArea(estimate, estimate);
        var comparison = new MethodComparisonResult
        {
            Folder = "methods",
            Model = "stories260K",
            Task = "gp",
            Methods = [Curve("ranking") with { Areas = new MethodAreas(area, area, area, area) }, Curve("random")],
            AllClosed = null,
            Runs = [new SweepRow("method-hisp", ["hisp"], Result: null, Pareto: false, Failure: "memory ran out")],
        };

        var text = ConsoleText.Of(console => MethodSummary.Write(console, comparison));

        text.ShouldMatch(@"(?m)^ ranking( +0\.500 \[0\.400, 0\.600\]){8}$");
        text.ShouldMatch(@"(?m)^ random( +–){8}$");
        text.ShouldContain("failed: method-hisp: memory ran out\n");
    }

    private static MethodCurve Curve(string method) => new(method, Runs: 1, Seconds: 2, MeanKl: 0.5, Points: [new MethodCurvePoint(0.1, 0.1, 0.5, 0.5, 0.5, 1, 1)]);
}
