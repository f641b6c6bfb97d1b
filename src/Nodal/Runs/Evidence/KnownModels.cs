using Nodal.Circuits;
using Nodal.Discovery;
using Nodal.Evaluation;
using Nodal.Evaluation.Evidence;
using Nodal.Models;
using Nodal.Patching;

namespace Nodal.Runs.Evidence;

/// <summary>Makes <see cref="GroundTruthEvidence"/>: a method on the compiled transformers that come with Nodal.</summary>
internal static class KnownModels
{
    /// <summary>Steps of the published method: its 500 epochs of all inputs would be 80,000.</summary>
    private const int PaperSteps = 2000;

    /// <param name="material">What it is made from.</param>
    public static GroundTruthEvidence Of(EvidenceMaterial material)
    {
        var run = material.Run!.Config.Options;
        return new GroundTruthEvidence
        {
            Rows =
            [
                .. EmbeddedModel.Compiled.Select(id =>
                {
                    var (truth, ranking) = (GroundTruth.Of(id), Rank(id, run.Method, run.Seed, run.Threads, material.Progress, material.Setting.Cancellation));
                    return new GroundTruthRow(id, [.. truth.Needed.Select(node => node.ToString())], truth.Score(ranking));
                }),
            ],
        };
    }

    /// <summary>A method's ranking of a compiled transformer, with its own defaults (the published one for 2,000 steps), on all inputs, with zero ablation.</summary>
    /// <param name="id">One of <see cref="EmbeddedModel.Compiled"/>.</param>
    /// <param name="method">The method.</param>
    /// <param name="seed">Its seed.</param>
    /// <param name="threads">Threads; default all cores.</param>
    /// <param name="progress">News.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static Ranking Rank(string id, DiscoveryMethod method, int seed, int? threads, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        var note = $"ground truth of {id}";
        progress?.Report(new RunProgress(RunPhase.NextRun, note));
        using var model = ModelLoader.Load(id);
        var options = DiscoveryRun.Prepared(new DiscoverOptions
        {
            Model = id,
            Task = new TaskRequest { Task = TaskRequest.EveryInput, Seed = seed },
            Method = method,
            Paper = new PaperOptions { Steps = PaperSteps },
            Ablation = AblationKind.Zero,
            Engine = new EngineOptions { Precision = EnginePrecision.Float32, Activations = ActivationPlacement.Memory },
            Threads = threads,
        }.WithSeed(seed));
        using var bench = Workbench.Of(model, options.TaskFor(model).Load(model), options);
        return MethodRanking.Of(bench, DiscoveryRun.Resolve(options, bench, AppContext.BaseDirectory), progress, note, cancellation: cancellation);
    }
}
