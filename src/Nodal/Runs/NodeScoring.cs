using Nodal.Circuits;
using Nodal.Discovery;
using Nodal.Discovery.Attribution;
using Nodal.Patching;
using Nodal.Runtime;

namespace Nodal.Runs;

/// <summary>Ranks nodes by a method that trains nothing.</summary>
internal static class NodeScoring
{
    /// <summary>Ranks the nodes, and keeps the scores for a process that goes on.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="bench">Model and pairs.</param>
    /// <param name="options">Of the run, with nothing left to choose.</param>
    /// <param name="checkpoint">Keeps the scores.</param>
    /// <param name="progress">News.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static Ranking Rank(
        RunFolder run, Workbench bench, DiscoverOptions options, RunCheckpoint checkpoint, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new RunProgress(RunPhase.Scoring, Words.Of(options.Method)));
        var scores = Scores(bench, options, run.Activations, progress, cancellation);
        checkpoint.Write(new TrainingState(scores, new double[scores.Length], new double[scores.Length], []));
        return new Ranking(bench.Layout, scores);
    }

    /// <summary>The scores alone.</summary>
    /// <inheritdoc cref="Setting"/>
    public static double[] Scores(Workbench bench, DiscoverOptions options, string activations, IProgress<RunProgress>? progress, CancellationToken cancellation) =>
        NodeScorers.Of(options.Method)!.Score(Setting(bench, options, activations, progress, cancellation));

    /// <summary>What a method is given.</summary>
    /// <param name="bench">Model and pairs.</param>
    /// <param name="options">Of the run, with nothing left to choose.</param>
    /// <param name="activations">Where corrupted runs go that are kept in a file.</param>
    /// <param name="progress">News.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static ScoringSetting Setting(
        Workbench bench, DiscoverOptions options, string activations, IProgress<RunProgress>? progress = null, CancellationToken cancellation = default) => new()
        {
            Layout = bench.Layout,
            Model = bench.Model.Transformer,
            Pairs = bench.Task.Train,
            Gradient = loss => bench.Engines.Gradient(options.Engine, bench.Task.Train, activations, loss, cancellation),
            Relevance = loss => bench.Engines.Relevance(options.Engine, bench.Task.Train, loss, cancellation),
            Runner = () => bench.Runner,
            Scored = options.Scored,
            Options = options.Attribution,
            Progress = progress is null ? null : new InOrder<ScoringProgress>(part => progress.Report(new RunProgress(RunPhase.Scoring) { Scoring = part })),
            Cancellation = cancellation,
        };

    /// <summary>The engine of a method: float32, for effects may be small beside the rounding of bfloat16; plain where gradients are not the model's own.</summary>
    public static EngineOptions EngineFor(DiscoverOptions options) => options.Engine with
    {
        Engine = options.Method == DiscoveryMethod.Relp ? EngineKind.Plain : options.Engine.Engine,
        Precision = options.Engine.Precision == EnginePrecision.Auto ? EnginePrecision.Float32 : options.Engine.Precision,
    };
}
