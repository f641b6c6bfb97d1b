using Nodal.Circuits;
using Nodal.Discovery;

namespace Nodal.Runs;

/// <summary>Ranks nodes by a method that trains scores.</summary>
internal static class Training
{
    /// <param name="bench">Model and pairs.</param>
    /// <param name="options">With nothing left to choose.</param>
    /// <param name="activations">Where corrupted runs go that are kept in a file.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">News.</param>
    /// <param name="note">Goes with the news of each step.</param>
    /// <param name="from">Where an earlier process stopped; <see langword="null"/> for the beginning.</param>
    /// <param name="save">Keeps states; <see langword="null"/> where nothing does.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static Ranking Rank(
        Workbench bench, DiscoverOptions options, string activations, TimeProvider time, IProgress<RunProgress>? progress, string note, TrainingState? from,
        Action<TrainingState>? save, CancellationToken cancellation)
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
