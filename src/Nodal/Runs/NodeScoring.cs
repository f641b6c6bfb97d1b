using Nodal.Discovery;
using Nodal.Discovery.Attribution;
using Nodal.Patching;

namespace Nodal.Runs;

/// <summary>What methods that train nothing score nodes with.</summary>
internal static class NodeScoring
{
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
