using Nodal.Circuits;
using Nodal.Discovery;
using Nodal.Patching;

namespace Nodal.Runs;

/// <summary>Ranks nodes by a method that trains scores.</summary>
internal static class Training
{
    /// <param name="run">The run's folder.</param>
    /// <param name="bench">Model and pairs.</param>
    /// <param name="options">Of the run, with nothing left to choose.</param>
    /// <param name="from">Where an earlier process stopped, or <see langword="null"/>.</param>
    /// <param name="checkpoint">Keeps states.</param>
    /// <param name="progress">News.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static Ranking Rank(
        RunFolder run, Workbench bench, DiscoverOptions options, TrainingState? from, RunCheckpoint checkpoint, IProgress<RunProgress>? progress, TimeProvider time,
        CancellationToken cancellation)
    {
        var note = options.Engine.Activations == ActivationPlacement.Recompute ? "activations recomputed" : "";
        return Rank(bench, options, run.Activations, time, progress, note, from, checkpoint.Write, cancellation);
    }

    /// <summary>The same without a run folder of its own.</summary>
    /// <param name="bench">Model and pairs.</param>
    /// <param name="options">With nothing left to choose.</param>
    /// <param name="activations">Where corrupted runs go that are kept in a file.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">News.</param>
    /// <param name="note">Goes with the news of each step.</param>
    /// <param name="from">Where an earlier process stopped; default the beginning.</param>
    /// <param name="save">Keeps states; default nothing does.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static Ranking Rank(
        Workbench bench, DiscoverOptions options, string activations, TimeProvider time, IProgress<RunProgress>? progress, string note, TrainingState? from = null,
        Action<TrainingState>? save = null, CancellationToken cancellation = default)
    {
        var objective = options.Method switch
        {
            DiscoveryMethod.Paper => PaperTrainer.LossOf(options.Paper),
            DiscoveryMethod.SubnetworkProbing => null,
            _ => RankingTrainer.LossOf(options.Ranking),
        };
        using var loss = bench.Engines.Gradient(options.Engine, bench.Task.Train, activations, objective, cancellation);
        var steps = new InOrder<TrainingProgress>(step => progress?.Report(new RunProgress(RunPhase.Training, note, step)));
        var constants = loss.Constants is { } trained ? new ConstantTraining(trained, options.ConstantRate, from) : null;
        return options.Method switch
        {
            DiscoveryMethod.Paper => new PaperTrainer(bench.Layout, loss, options.Paper, time, options.Scored, constants).Train(steps, from, save, cancellation),
            DiscoveryMethod.SubnetworkProbing => new ProbingTrainer(bench.Layout, loss, options.Probing, time, options.Scored, constants).Train(steps, from, save, cancellation),
            _ => new RankingTrainer(bench.Layout, loss, options.Ranking, time, options.Scored, constants).Train(steps, from, save, cancellation),
        };
    }
}
