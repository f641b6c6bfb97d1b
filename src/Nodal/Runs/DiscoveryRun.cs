using Nodal.Circuits;
using Nodal.Discovery;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runtime;
using Nodal.Tasks;

namespace Nodal.Runs;

/// <summary>One complete run: pairs, training, selection, evaluation, artifacts.</summary>
public static class DiscoveryRun
{
    /// <summary>Runs and writes the run folder.</summary>
    /// <remarks>
    /// A fault, and cancellation too, before the folder is configured removes what was made; later it leaves a run that <see cref="Resume"/> takes
    /// (<see cref="UnfinishedRun"/> says which it is). So does the death of the process at any moment.
    /// </remarks>
    /// <param name="options">What to run.</param>
    /// <param name="folder">The run folder; made, or empty. Default a new one in <c>runs</c>, named after model, task and time.</param>
    /// <param name="progress">News while it runs.</param>
    /// <param name="time">The clock; default the system's.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="NodalException">Anything given is not as it must be, the disk is full, or memory ran out.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static RunResult Execute(
        DiscoverOptions options, string? folder = null, IProgress<RunProgress>? progress = null, TimeProvider? time = null, CancellationToken cancellation = default)
    {
        options.Validate();
        options = Prepared(options);
        time ??= TimeProvider.System;
        var start = time.GetTimestamp();
        using var run = RunPlace.Make(folder, options, time);
        return UnfinishedRun.Kept(run, () =>
        {
            progress?.Report(new RunProgress(RunPhase.LoadingModel, options.Model));
            using var model = ModelLoader.Load(options.Model);
            progress?.Report(new RunProgress(RunPhase.MakingTask, options.Task.Task));
            cancellation.ThrowIfCancellationRequested();
            var task = options.TaskFor(model).Load(model);
            cancellation.ThrowIfCancellationRequested();
            using var bench = Workbench.Of(model, task, options);
            var resolved = Resolve(options, bench, run.Path);
            WriteSettings(run, resolved, bench, time);
            return Complete(run, bench, resolved, progress, time, start, cancellation);
        });
    }

    /// <summary>Goes on with a run that was interrupted, killed, or ended by a fault, and ends with the bits of one that was not; of a finished run, its result.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="progress">News while it runs.</param>
    /// <param name="time">The clock; default the system's.</param>
    /// <param name="cancellation">Ends the run, which can be resumed again.</param>
    /// <exception cref="NodalException">There is no run, another process is at work on it, model or pairs have changed, the checkpoint is damaged, the disk is full, or memory ran out.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static RunResult Resume(string folder, IProgress<RunProgress>? progress = null, TimeProvider? time = null, CancellationToken cancellation = default)
    {
        time ??= TimeProvider.System;
        var start = time.GetTimestamp();
        if (RunFolder.IsFinished(folder))
        {
            return Finished();
        }

        using var run = RunFolder.Resume(folder);

        // Another process may have finished it before this one had the lock.
        if (RunFolder.IsFinished(folder))
        {
            return Finished();
        }

        return UnfinishedRun.Kept(run, () =>
        {
            var config = NodalJson.Read<RunConfig>(run.Config, "run configuration").Checked(run.Config);
            var options = config.Options;
            progress?.Report(new RunProgress(RunPhase.LoadingModel, options.Model));
            using var model = config.LoadModel();
            progress?.Report(new RunProgress(RunPhase.MakingTask, options.Task.Task));
            cancellation.ThrowIfCancellationRequested();
            var task = config.LoadTask(model);
            cancellation.ThrowIfCancellationRequested();
            using var bench = Workbench.Of(model, task, options);
            return Complete(run, bench, options, progress, time, start, cancellation);
        });

        RunResult Finished()
        {
            progress?.Report(new RunProgress(RunPhase.Resuming, $"{folder} is finished, nothing is left to do"));
            return FinishedRun.Open(folder).ReadResult();
        }
    }

    /// <summary>What a new run and a resumed one do alike, from the configuration on.</summary>
    internal static RunResult Complete(
        RunFolder run, Workbench bench, DiscoverOptions options, IProgress<RunProgress>? progress, TimeProvider time, long start, CancellationToken cancellation)
    {
        if (options.Seeds > 1)
        {
            return new StabilityRun(run, bench, options, progress, time).Complete(start, cancellation);
        }

        var learned = bench.Preparation.Learned;
        var checkpoint = new RunCheckpoint(run, bench.Layout.Count, options.TrainingSteps, learned?.Constants.Layout.Trained ?? 0);
        var from = checkpoint.Read();
        if (from?.Constants is { } constants)
        {
            learned!.Set(constants.Values);
        }

        if (from is not null)
        {
            progress?.Report(new RunProgress(RunPhase.Resuming, options.IsTrained ? $"after step {from.Steps} of {options.TrainingSteps}" : "nodes are scored"));
        }

        var ranking = from?.Steps == options.TrainingSteps
            ? new Ranking(bench.Layout, from.Scores)
            : Rank(run, bench, options, from, checkpoint, progress, time, cancellation);
        RankingFile.Write(run.Ranking, ranking);
        if (learned is not null)
        {
            ConstantsFile.Write(run.Constants, learned.Constants);
        }

        var result = Measurement.Of(bench, ranking, options, run, progress, cancellation) with
        {
            Seconds = ((from?.Elapsed ?? TimeSpan.Zero) + time.GetElapsedTime(start)).TotalSeconds,
        };
        progress?.Report(new RunProgress(RunPhase.Writing, run.Path));
        return Write(run, result);
    }

    private static Ranking Rank(
        RunFolder run, Workbench bench, DiscoverOptions options, TrainingState? from, RunCheckpoint checkpoint, IProgress<RunProgress>? progress, TimeProvider time,
        CancellationToken cancellation)
    {
        var counts = PairCounts.Of(bench.Task);
        progress?.Report(new RunProgress(RunPhase.PreparingPairs, $"{counts.Train} training, {counts.Selection} selection, {counts.Test} test pairs; {options.Engine}"));
        var note = options.Engine.Activations == ActivationPlacement.Recompute ? "activations recomputed" : "";
        return MethodRanking.Of(bench, options, progress, note, run.Activations, time, from, checkpoint.Write, cancellation);
    }

    /// <summary>Writes what a run has found, and that it is finished.</summary>
    internal static RunResult Write(RunFolder run, RunResult found)
    {
        var result = found with { PeakMemoryBytes = ProcessMemory.PeakBytes, CircuitPath = run.Circuit };
        CircuitFile.Write(run.Circuit, result.Circuit!);
        if (result.Refinement is { } refinement)
        {
            RunFolder.WriteJson(run.Refinement, refinement);
        }

        RunFolder.WriteJson(run.Evaluation, result);
        run.Finish();
        return result;
    }

    /// <summary>How a run would be made and what memory it is predicted to need; nothing is written.</summary>
    /// <param name="options">What to run.</param>
    /// <param name="folder">Where the run folder would be; default <c>runs</c>.</param>
    /// <exception cref="NodalException">Anything given is not as it must be, or the run does not fit into the memory given.</exception>
    public static MemoryPlan Plan(DiscoverOptions options, string? folder = null)
    {
        options.Validate();
        options = Prepared(options);
        using var model = ModelLoader.Load(options.Model);
        using var bench = Workbench.Of(model, options.TaskFor(model).Load(model), options);
        return bench.Plan(options.ForPairs(bench.Task), folder ?? ".");
    }

    /// <summary>Classes of positions where nothing is said (read from a file, nothing said means all positions alike), and the engine a method needs.</summary>
    internal static DiscoverOptions Prepared(DiscoverOptions options) => options with
    {
        MeanPositions = options.MeanPositions ?? MeanPositions.Classes,
        Engine = options.IsTrained ? options.Engine : NodeScoring.EngineFor(options),
        Attribution = options.IsTrained ? options.Attribution : options.Attribution.Resolved(options.Method),
    };

    /// <summary>The options with nothing left to choose.</summary>
    /// <param name="options">Prepared.</param>
    /// <param name="bench">Model and pairs.</param>
    /// <param name="folder">Where corrupted runs could be kept in a file.</param>
    internal static DiscoverOptions Resolve(DiscoverOptions options, Workbench bench, string folder)
    {
        var sized = options.ForPairs(bench.Task);
        var plan = bench.Plan(sized, folder);
        var total = new Gates.SizeAccount(bench.Layout).Total;
        return sized with
        {
            Task = options.TaskFor(bench.Model).Resolved(bench.Model),
            Threads = bench.Workers.Count,
            Engine = plan.Engine,
            Memory = plan.LimitBytes,
            Ranking = options.Ranking with { MinimumSize = options.Ranking.MinimumSize ?? RankingOptions.DefaultMinimumSize(total) },
        };
    }

    /// <summary>The configuration comes last: a folder that has it has all that resuming needs.</summary>
    internal static void WriteSettings(RunFolder run, DiscoverOptions options, Workbench bench, TimeProvider time)
    {
        var model = bench.Model;
        RunFolder.WriteJson(run.Environment, RunEnvironment.Current(model.Hash, options.Threads!.Value, time));
        RunFolder.WriteJson(run.Config, new RunConfig { Options = options, ModelPath = model.Path, ModelHash = model.Hash, PairsHash = TaskHash.Of(bench.Task) });
    }
}
