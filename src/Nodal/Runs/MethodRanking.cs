using Nodal.Circuits;
using Nodal.Discovery;
using Nodal.Discovery.Attribution;
using Nodal.Runtime;

namespace Nodal.Runs;

/// <summary>Ranks nodes by a method, trained or not.</summary>
internal static class MethodRanking
{
    /// <param name="bench">Model and pairs.</param>
    /// <param name="options">With nothing left to choose.</param>
    /// <param name="progress">News.</param>
    /// <param name="note">Goes with the news of each step.</param>
    /// <param name="activations">Where corrupted runs go that are kept in a file; default there are none.</param>
    /// <param name="time">The clock; default the system's.</param>
    /// <param name="from">Where an earlier process stopped; default the beginning.</param>
    /// <param name="save">Keeps states; default nothing does.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static Ranking Of(
        Workbench bench, DiscoverOptions options, IProgress<RunProgress>? progress, string note, string activations = "", TimeProvider? time = null,
        TrainingState? from = null, Action<TrainingState>? save = null, CancellationToken cancellation = default)
    {
        if (options.IsTrained)
        {
            return Training.Rank(bench, options, activations, time ?? TimeProvider.System, progress, note, from, save, cancellation);
        }

        progress?.Report(new RunProgress(RunPhase.Scoring, Words.Of(options.Method)));
        var scores = NodeScorers.Of(options.Method)!.Score(NodeScoring.Setting(bench, options, activations, progress, cancellation));
        save?.Invoke(new TrainingState(scores, new double[scores.Length], new double[scores.Length], []));
        return new Ranking(bench.Layout, scores);
    }
}
