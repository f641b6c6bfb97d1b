using System.Collections.Immutable;
using Nodal.Discovery;
using Nodal.Evaluation;
using Nodal.Evaluation.Evidence;
using Nodal.Runtime;

namespace Nodal.Runs;

/// <summary>Runs several methods on one task, through the same selection and evaluation, and gathers their curves.</summary>
public static class MethodComparison
{
    /// <summary>Makes the runs that are missing, as a sweep does, and compares all.</summary>
    /// <param name="plan">A run for every method, or several with seeds of their own; all with the same model, task and sizes.</param>
    /// <param name="folder">Where the runs are; made where it is missing, gone on with where this comparison has begun it. Default a new one in <c>runs</c>.</param>
    /// <param name="areas">Whether CPR and CMD are measured too: at most 20 more circuits of each run.</param>
    /// <param name="progress">News while it works.</param>
    /// <param name="time">The clock; default the system's.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="NodalException">The folder holds something else, or the runs are of several tasks.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; <see cref="UnfinishedSweep"/> says where the runs are, and the same call goes on.</exception>
    public static MethodComparisonResult Execute(
        SweepPlan plan, string? folder = null, bool areas = false, IProgress<RunProgress>? progress = null, TimeProvider? time = null, CancellationToken cancellation = default)
    {
        var first = plan.Points[0].Options;
        if (plan.Points.Any(point => (point.Options.Model, point.Options.Task.Task) != (first.Model, first.Task.Task) || !point.Options.Sizes.SequenceEqual(first.Sizes)))
        {
            Throw.Usage("the methods are not comparable", found: "runs of several models, tasks or tables of sizes", expected: "one of each", remedy: "Compare them one after another");
        }

        var sweep = SweepRun.Execute(plan, folder, reference: null, progress, time, cancellation);
        try
        {
            return Of(sweep, [.. plan.Points.Select(point => point.Options)], runs => areas ? Areas(runs, progress, cancellation) : null);
        }
        catch (OperationCanceledException fault)
        {
            UnfinishedSweep.Mark(fault, sweep.Sweep);
            throw;
        }
    }

    private static MethodAreas? Areas(RunResult[] runs, IProgress<RunProgress>? progress, CancellationToken cancellation) =>
        runs.Any(run => FaithfulnessCurve.IsFlat(run.AllClosed.FullLogitDifference, run.AllClosed.LogitDifference))
            ? null
            : MethodAreas.Of(Array.ConvertAll(runs, run => EvaluationRun.Execute(new EvaluateOptions { Target = run.Run, Evidence = [EvidencePart.Curve] }, progress, cancellation).Evidence!.Curve!));

    /// <summary>The curves of runs that have ended.</summary>
    /// <param name="sweep">The runs.</param>
    /// <param name="options">Theirs, which name the method: the result of several seeds is a consensus, whatever their method.</param>
    /// <param name="areas">CPR and CMD of the runs of one method.</param>
    private static MethodComparisonResult Of(SweepResult sweep, ImmutableArray<DiscoverOptions> options, Func<RunResult[], MethodAreas?> areas) => new()
    {
        Folder = sweep.Sweep,
        Model = options[0].Model,
        Task = options[0].Task.Task,
        Methods =
        [
            .. sweep.Runs.Zip(options).Where(run => run.First.Result is not null).GroupBy(run => run.Second.Method)
                .Select(group => Curve(group.Key, [.. group.Select(run => run.First.Result!)], options[0].Sizes, areas)).OrderBy(curve => curve.MeanKl),
        ],
        AllClosed = sweep.Runs.Select(row => row.Result?.AllClosed).FirstOrDefault(row => row is not null),
        Runs = sweep.Runs,
    };

    private static MethodCurve Curve(DiscoveryMethod method, RunResult[] runs, ImmutableArray<double> sizes, Func<RunResult[], MethodAreas?> areas)
    {
        ImmutableArray<MethodCurvePoint> points = [.. sizes.Select((size, i) => Point(size, [.. runs.Select(run => run.Sizes[i])])).OrderBy(point => point.Asked)];
        return new MethodCurve(Name(method, runs), runs.Length, runs.Average(run => run.Seconds), points.Average(point => point.Kl), points) { Areas = areas(runs) };
    }

    private static string Name(DiscoveryMethod method, RunResult[] runs) => runs.All(run => run.Method == StabilityRun.Method) ? $"{Words.Of(method)} ({StabilityRun.Method})" : Words.Of(method);

    private static MethodCurvePoint Point(double asked, EvaluationRow[] rows) => new(
        asked, rows.Average(row => row.Size), rows.Average(row => row.Kl), rows.Min(row => row.Kl), rows.Max(row => row.Kl),
        rows.Average(row => row.LogitDifference), rows.Average(row => row.Accuracy))
    {
        KlInterval = new Interval(rows.Min(row => row.Intervals.Kl.Low), rows.Max(row => row.Intervals.Kl.High)),
    };
}
