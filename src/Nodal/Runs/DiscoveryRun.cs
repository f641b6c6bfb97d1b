using System.Text;
using System.Text.Json;
using Nodal.Circuits;
using Nodal.Discovery;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runtime;

namespace Nodal.Runs;

/// <summary>One complete run: pairs, training, selection, evaluation, artifacts.</summary>
public static class DiscoveryRun
{
    /// <summary>Runs and writes the run folder.</summary>
    /// <param name="options">What to run.</param>
    /// <param name="folder">The run folder; made, or empty.</param>
    /// <param name="progress">News while it runs.</param>
    /// <param name="time">The clock; default the system's.</param>
    /// <param name="cancellation">Ends the run; nothing is left of it.</param>
    /// <exception cref="NodalException">Anything given is not as it must be.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static RunResult Execute(
        DiscoverOptions options, string folder, IProgress<RunProgress>? progress = null, TimeProvider? time = null, CancellationToken cancellation = default)
    {
        options.Validate();
        time ??= TimeProvider.System;
        var start = time.GetTimestamp();
        var run = RunFolder.Create(folder);
        try
        {
            progress?.Report(new RunProgress(RunPhase.LoadingModel, options.Model));
            using var model = ModelLoader.Load(options.Model);
            progress?.Report(new RunProgress(RunPhase.MakingTask, options.Task.Task));
            cancellation.ThrowIfCancellationRequested();
            var task = options.Task.Load(model);
            cancellation.ThrowIfCancellationRequested();
            using var bench = new Workbench(model, task, options.Ablation, options.Engine.Engine, options.Threads);
            var resolved = Resolve(options, bench, run.Path);
            WriteSettings(run, resolved, model, time);

            var ranking = Train(run, bench, resolved, progress, time, cancellation);
            RankingFile.Write(run.Ranking, ranking);
            var result = Measurement.Of(bench, ranking, resolved, run.Path, progress, cancellation) with
            {
                Seconds = time.GetElapsedTime(start).TotalSeconds,
                PeakMemoryBytes = ProcessMemory.PeakBytes,
            };
            progress?.Report(new RunProgress(RunPhase.Writing, run.Path));
            CircuitFile.Write(run.Circuit, result.Circuit!);
            RunFolder.WriteJson(run.Evaluation, result);
            run.Finish();
            return result;
        }
        catch
        {
            run.Discard();
            throw;
        }
    }

    /// <summary>How a run would be made and what memory it is predicted to need; nothing is written.</summary>
    /// <param name="options">What to run.</param>
    /// <param name="folder">Where the run folder would be; default <c>runs</c>.</param>
    /// <exception cref="NodalException">Anything given is not as it must be, or the run does not fit into the memory given.</exception>
    public static MemoryPlan Plan(DiscoverOptions options, string? folder = null)
    {
        options.Validate();
        using var model = ModelLoader.Load(options.Model);
        using var bench = new Workbench(model, options.Task.Load(model), options.Ablation, options.Engine.Engine, options.Threads);
        return bench.Plan(options, folder ?? ".");
    }

    private static DiscoverOptions Resolve(DiscoverOptions options, Workbench bench, string folder)
    {
        var plan = bench.Plan(options, folder);
        var total = new Gates.SizeAccount(bench.Layout).Total;
        return options with
        {
            Task = options.Task.Resolved(bench.Model),
            Threads = bench.Workers.Count,
            Engine = plan.Engine,
            Memory = plan.LimitBytes,
            Ranking = options.Ranking with { MinimumSize = options.Ranking.MinimumSize ?? RankingOptions.DefaultMinimumSize(total) },
        };
    }

    private static void WriteSettings(RunFolder run, DiscoverOptions options, LoadedModel model, TimeProvider time)
    {
        RunFolder.WriteJson(run.Config, new RunConfig { Options = options, ModelPath = model.Path, ModelHash = model.Hash });
        RunFolder.WriteJson(run.Environment, RunEnvironment.Current(model.Hash, options.Threads!.Value, time));
    }

    private static Ranking Train(
        RunFolder run, Workbench bench, DiscoverOptions options, IProgress<RunProgress>? progress, TimeProvider time, CancellationToken cancellation)
    {
        var counts = PairCounts.Of(bench.Task);
        progress?.Report(new RunProgress(RunPhase.PreparingPairs, $"{counts.Train} training, {counts.Selection} selection, {counts.Test} test pairs; {options.Engine}"));
        using var loss = bench.Engines.Gradient(options.Engine, bench.Task.Train, run.Activations, cancellation);
        var metrics = new StringBuilder();
        var steps = new StepReporter(step =>
        {
            metrics.AppendLine(JsonSerializer.Serialize(new { step.Step, step.Kl, step.Size, step.Temperature, Seconds = step.Elapsed.TotalSeconds }, NodalJson.Line));
            progress?.Report(new RunProgress(RunPhase.Training, options.Engine.Activations == ActivationPlacement.Recompute ? "activations recomputed" : "", step));
        });
        var ranking = new RankingTrainer(bench.Layout, loss, options.Ranking, time).Train(steps, cancellation);
        AtomicFile.WriteAllText(run.Metrics, metrics.ToString());
        return ranking;
    }

    /// <summary>Reports on the training thread, in order, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class StepReporter(Action<RankingProgress> report) : IProgress<RankingProgress>
    {
        public void Report(RankingProgress value) => report(value);
    }
}
