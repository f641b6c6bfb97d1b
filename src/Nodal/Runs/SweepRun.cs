using System.Collections.Immutable;
using Nodal.Evaluation;
using Nodal.Runtime;

namespace Nodal.Runs;

/// <summary>Many runs, one after another, each in a folder of its own; what is finished is not made again.</summary>
public static class SweepRun
{
    /// <summary>Makes the runs that are missing, goes on with those that are unfinished, reads the others.</summary>
    /// <remarks>A run that fails is reported in its row and stops no other. Cancellation stops all; the same call goes on.</remarks>
    /// <param name="plan">The runs.</param>
    /// <param name="folder">The sweep's folder; made where it is missing. Default a new one in <c>runs</c>, named after the time.</param>
    /// <param name="reference">A finished run to compare with; default none.</param>
    /// <param name="progress">News while it works.</param>
    /// <param name="time">The clock; default the system's.</param>
    /// <param name="cancellation">Ends the sweep.</param>
    /// <exception cref="NodalException">The folder holds a sweep of other settings or cannot be written to, or the reference is no finished run.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; <see cref="UnfinishedSweep"/> says where the sweep is.</exception>
    public static SweepResult Execute(
        SweepPlan plan, string? folder = null, string? reference = null, IProgress<RunProgress>? progress = null, TimeProvider? time = null, CancellationToken cancellation = default)
    {
        var compared = reference is null ? null : FinishedRun.Open(reference).ReadNumbers();
        var path = SweepFolder.Make(folder ?? RunPlace.Names("sweep", time ?? TimeProvider.System).First(name => !Directory.Exists(name)), plan);
        var rows = ImmutableArray.CreateBuilder<SweepRow>();
        foreach (var point in plan.Points)
        {
            var place = Path.Combine(path, point.Name);
            var note = RunFolder.IsFinished(place) ? ", finished before" : "";
            progress?.Report(new RunProgress(RunPhase.NextRun, $"run {rows.Count + 1} of {plan.Points.Length}: {point.Name}{note}"));
            rows.Add(Row(point, place, progress, time, cancellation));
        }

        var made = compared is null ? Reference(plan, path, [.. rows.Where(row => row.Result is not null)], progress, time, cancellation) : null;
        return new SweepResult
        {
            Sweep = path, Keys = plan.Keys, Runs = WithFront(rows.ToImmutable()), Reference = compared ?? made?.Result, ReferenceFailure = made?.Failure,
        };
    }

    /// <summary>The plan's own reference, beside the run of the sweep that has one already, else beside the first; that it fails spoils no sweep.</summary>
    private static SweepRow? Reference(SweepPlan plan, string path, SweepRow[] ended, IProgress<RunProgress>? progress, TimeProvider? time, CancellationToken cancellation)
    {
        if (plan.Reference is not { } make || ended.Length == 0)
        {
            return null;
        }

        static string Name(SweepRow row) => $"reference_{row.Name}";
        var beside = ended.FirstOrDefault(row => Directory.Exists(Path.Combine(path, Name(row)))) ?? ended[0];
        var options = make(plan.Points.First(point => point.Name == beside.Name).Options);
        var point = new SweepPoint(Name(beside), [], options with { Task = FinishedRun.Open(Path.Combine(path, beside.Name)).Config.Options.Task });
        progress?.Report(new RunProgress(RunPhase.NextRun, $"{point.Name}: {Words.Of(options.Method)}, for its curve"));
        return Row(point, Path.Combine(path, point.Name), progress, time, cancellation);
    }

    private static SweepRow Row(SweepPoint point, string place, IProgress<RunProgress>? progress, TimeProvider? time, CancellationToken cancellation)
    {
        try
        {
            return new SweepRow(point.Name, point.Values, Run(point, place, progress, time, cancellation), Pareto: false, Failure: null);
        }
        catch (OperationCanceledException fault)
        {
            UnfinishedSweep.Mark(fault, Path.GetDirectoryName(place)!);
            throw;
        }
        catch (Exception fault)
        {
            // Whatever ended this run must not take the night's others with it; its sentence is in the row.
            var sentence = fault is NodalException ? fault.Message : $"an unexpected fault ended the run: {fault.GetType().Name}: {fault.Message.Split('\n')[0].Trim()}";
            progress?.Report(new RunProgress(RunPhase.NextRun, $"{point.Name} failed: {sentence}"));
            return new SweepRow(point.Name, point.Values, Result: null, Pareto: false, sentence);
        }
    }

    private static RunResult Run(SweepPoint point, string place, IProgress<RunProgress>? progress, TimeProvider? time, CancellationToken cancellation)
    {
        if (RunFolder.IsFinished(place))
        {
            var finished = FinishedRun.Open(place);
            var (made, asked) = (finished.Config.Options, point.Options);
            if ((made.Model, made.Task.Task, made.Method, made.Seed) != (asked.Model, asked.Task.Task, asked.Method, asked.Seed))
            {
                Throw.Input(
                    $"{place} holds another run", found: $"{made.Method} of {made.Task.Task} in {made.Model}, seed {made.Seed}",
                    expected: $"{asked.Method} of {asked.Task.Task} in {asked.Model}, seed {asked.Seed}", remedy: "Name another folder with --out");
            }

            return finished.ReadNumbers();
        }

        return RunPlace.IsBegun(place)
            ? DiscoveryRun.Resume(place, progress, time, cancellation)
            : DiscoveryRun.Execute(point.Options, place, progress, time, cancellation);
    }

    private static ImmutableArray<SweepRow> WithFront(ImmutableArray<SweepRow> rows)
    {
        var best = new HashSet<string>();
        foreach (var group in rows.Where(row => row.Result is not null).GroupBy(row => (row.Result!.Model, row.Result.Task)))
        {
            SweepRow[] runs = [.. group];
            var front = ParetoFront.Of([.. runs.Select(row => (row.Result!.Chosen.Size, row.Result.Chosen.Kl))]);
            best.UnionWith(runs.Where((_, i) => front[i]).Select(row => row.Name));
        }

        return [.. rows.Select(row => row with { Pareto = best.Contains(row.Name) })];
    }
}
