using System.Collections.Immutable;
using System.Xml.Linq;
using Nodal.Discovery;
using Nodal.Evaluation;
using Nodal.Evaluation.Evidence;
using Nodal.Reports;
using Nodal.Runs;
using Nodal.Runtime;
using Nodal.Tests.Discovery;

namespace Nodal.Tests.Runs;

public sealed class MethodComparisonTests : IDisposable
{
    private static readonly DiscoveryMethod[] Methods = [DiscoveryMethod.Random, DiscoveryMethod.AttributionPatching];

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("nodal-compare-");

    [Fact]
    public void Curves_are_means_over_the_runs_of_each_method_and_the_best_comes_first()
    {
        var result = MethodComparison.Execute(Plan(0, 1), At("methods"));
        MethodReport.Write(result);

        result.Methods.Select(method => (method.Method, method.Runs)).ShouldBe([("attribution-patching", 2), ("random", 2)], ignoreOrder: true);
        result.Methods.Select(method => method.MeanKl).ShouldBeInOrder(SortDirection.Ascending);
        foreach (var method in result.Methods)
        {
            var runs = result.Runs.Where(row => row.Result!.Method == method.Method).Select(row => row.Result!).ToArray();
            for (var i = 0; i < method.Points.Length; i++)
            {
                method.Points[i].Kl.ShouldBe(runs.Average(run => run.Sizes[i].Kl), 1e-12);
                (method.Points[i].LowestKl, method.Points[i].HighestKl).ShouldBe((runs.Min(run => run.Sizes[i].Kl), runs.Max(run => run.Sizes[i].Kl)));
                method.Points[i].KlInterval.ShouldBe(new Interval(runs.Min(run => run.Sizes[i].Intervals.Kl.Low), runs.Max(run => run.Sizes[i].Intervals.Kl.High)));
            }

            method.MeanKl.ShouldBe(method.Points.Average(point => point.Kl), 1e-12);
            method.Points.Select(point => point.Asked).ShouldBe([0.2, 0.5]);
        }

        var names = XDocument.Load(MethodReport.PlotPath(result)).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToArray();
        names.ShouldContain("random");
        names.ShouldContain("attribution-patching");
        NodalJson.Read<MethodComparisonResult>(Path.Combine(At("methods"), "methods.json"), "comparison").Methods.Length.ShouldBe(2);
    }

    [Fact]
    public void Areas_are_means_of_what_the_evaluation_of_each_run_says_with_the_widest_interval()
    {
        var result = MethodComparison.Execute(Plan(0, 1), At("methods"), areas: true);

        foreach (var method in result.Methods)
        {
            var curves = result.Runs.Where(row => row.Result!.Method == method.Method).Select(row => CurveOf(row.Result!)).ToArray();
            ShouldBeOf(curves, method.Areas!.ParametersLinear, curve => curve.Parameters.Linear);
            ShouldBeOf(curves, method.Areas.ParametersLogarithmic, curve => curve.Parameters.Logarithmic);
            ShouldBeOf(curves, method.Areas.NodesLinear, curve => curve.Nodes.Linear);
            ShouldBeOf(curves, method.Areas.NodesLogarithmic, curve => curve.Nodes.Logarithmic);
        }
    }

    [Fact]
    public void A_comparison_interrupted_at_its_areas_says_where_it_is_and_goes_on()
    {
        using var source = new CancellationTokenSource();
        MethodComparison.Execute(Plan(0), At("methods"));
        var ends = new Observer<RunProgress>(news =>
        {
            if (news.Phase == RunPhase.Evaluating)
            {
                source.Cancel();
            }
        });

        var fault = Should.Throw<OperationCanceledException>(() => MethodComparison.Execute(Plan(0), At("methods"), areas: true, ends, cancellation: source.Token));

        UnfinishedSweep.Of(fault).ShouldBe(At("methods"));
        MethodComparison.Execute(Plan(0), At("methods"), areas: true).Methods.ShouldAllBe(method => method.Areas != null);
    }

    [Fact]
    public void Curve_and_areas_of_several_seeds_are_those_of_their_consensus()
    {
        var plan = Plan(0);
        plan = plan with { Points = [.. plan.Points.Select(point => point with { Options = point.Options with { Seeds = 2 } })] };

        var result = MethodComparison.Execute(plan, At("methods"), areas: true);

        result.Methods.Select(method => (method.Method, method.Runs)).ShouldBe([("attribution-patching (consensus)", 1), ("random (consensus)", 1)], ignoreOrder: true);
        foreach (var method in result.Methods)
        {
            var consensus = result.Runs.Single(row => method.Method.StartsWith(row.Values[0], StringComparison.Ordinal)).Result!;
            consensus.Method.ShouldBe("consensus");
            method.Points.Select(point => point.Kl).ShouldBe(consensus.Sizes.Select(row => row.Kl), 1e-12);
            ShouldBeOf([CurveOf(consensus)], method.Areas!.ParametersLinear, curve => curve.Parameters.Linear);
            ShouldBeOf([CurveOf(consensus)], method.Areas.NodesLogarithmic, curve => curve.Nodes.Logarithmic);
        }
    }

    [Fact]
    public void Runs_of_several_tables_of_sizes_cannot_be_compared()
    {
        var plan = Plan(0);
        plan = plan with { Points = plan.Points.SetItem(0, plan.Points[0] with { Options = plan.Points[0].Options with { Sizes = [0.3] } }) };

        Should.Throw<NodalException>(() => MethodComparison.Execute(plan, At("methods"))).Message.ShouldContain("the methods are not comparable");
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static CurveEvidence CurveOf(RunResult run) => EvaluationRun.Execute(new EvaluateOptions { Target = run.Run, Evidence = [EvidencePart.Curve] }).Evidence!.Curve!;

    private static void ShouldBeOf(CurveEvidence[] curves, FaithfulnessArea area, Func<CurveEvidence, FaithfulnessArea> of)
    {
        area.Cpr.Value.ShouldBe(curves.Average(curve => of(curve).Cpr.Value), 1e-12);
        area.Cmd.Value.ShouldBe(curves.Average(curve => of(curve).Cmd.Value), 1e-12);
        area.Cpr.Interval.ShouldBe(new Interval(curves.Min(curve => of(curve).Cpr.Interval.Low), curves.Max(curve => of(curve).Cpr.Interval.High)));
        area.Cmd.Interval.ShouldBe(new Interval(curves.Min(curve => of(curve).Cmd.Interval.Low), curves.Max(curve => of(curve).Cmd.Interval.High)));
    }

    private static SweepPlan Plan(params int[] seeds) => new([], ["method", "seed"],
    [
        .. from method in Methods
           from seed in seeds
           let options = new DiscoverOptions { Method = method, Task = new TaskRequest { Pairs = 8 }, Choice = new SizeChoice { Keep = 0.5 }, Sizes = [0.2, 0.5], Threads = 1 }.WithSeed(seed)
           select new SweepPoint($"{method}-{seed}", ImmutableArray.Create(Words.Of(method), $"{seed}"), options),
    ]);

    private string At(string name) => Path.Combine(_root.FullName, name);
}
