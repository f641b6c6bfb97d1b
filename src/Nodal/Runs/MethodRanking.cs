using Nodal.Circuits;

namespace Nodal.Runs;

/// <summary>The ranking of a method, trained or not, where there is no run folder.</summary>
internal static class MethodRanking
{
    /// <param name="bench">Model and pairs.</param>
    /// <param name="options">With nothing left to choose; corrupted runs are not kept in a file.</param>
    /// <param name="progress">News.</param>
    /// <param name="note">Goes with the news of each step.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static Ranking Of(Workbench bench, DiscoverOptions options, IProgress<RunProgress>? progress, string note, CancellationToken cancellation) => options.IsTrained
        ? Training.Rank(bench, options, activations: "", TimeProvider.System, progress, note, cancellation: cancellation)
        : new Ranking(bench.Layout, NodeScoring.Scores(bench, options, activations: "", progress, cancellation));
}
