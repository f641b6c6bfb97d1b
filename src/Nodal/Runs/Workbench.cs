using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runtime;
using Nodal.Tasks;
using static TorchSharp.torch;

namespace Nodal.Runs;

/// <summary>A model, its pairs and an ablation, ready to measure circuits.</summary>
internal sealed class Workbench : IDisposable
{
    private readonly IAblation _ablation;
    private readonly EngineKind _engine;
    private ICircuitRunner? _runner;

    /// <param name="model">The model; stays the caller's.</param>
    /// <param name="task">Its pairs.</param>
    /// <param name="ablation">What a closed node outputs.</param>
    /// <param name="engine">What runs circuits.</param>
    /// <param name="threads">Threads; default all cores.</param>
    /// <param name="layout">Where the gates stand; default without optional granularities.</param>
    /// <param name="positions">Which positions share a mean.</param>
    /// <param name="constants">Learned constants; default the means, to learn from.</param>
    public Workbench(
        LoadedModel model, TaskData task, AblationKind ablation, EngineKind engine = EngineKind.Auto, int? threads = null, GateLayout? layout = null,
        MeanPositions positions = MeanPositions.Classes, Func<NodeConstants>? constants = null)
    {
        _engine = engine;
        Model = model;
        Task = task;
        Layout = layout ?? new GateLayout(model.Transformer.Config);
        Workers = new Workers(threads);
        _ablation = Ablate(model.Transformer, task, ablation, positions, constants);
        Preparation = new PairPreparation(model.Transformer, _ablation);
        Engines = new Engines(model.Transformer, Preparation, Workers, Layout);
    }

    /// <summary>The bench of a run.</summary>
    /// <param name="model">The model; stays the caller's.</param>
    /// <param name="task">Its pairs.</param>
    /// <param name="options">The run's.</param>
    /// <param name="constants">Its learned constants, once it is trained.</param>
    public static Workbench Of(LoadedModel model, TaskData task, DiscoverOptions options, Func<NodeConstants>? constants = null) =>
        new(model, task, options.Ablation, options.Engine.Engine, options.Threads, new GateLayout(model.Transformer.Config, options.Granularities),
            options.MeanPositions ?? MeanPositions.All, constants);

    /// <summary>The bench to measure a circuit on, with the engine, threads and constants of its run.</summary>
    /// <param name="model">The model; stays the caller's.</param>
    /// <param name="task">Its pairs.</param>
    /// <param name="ablation">What a closed node outputs.</param>
    /// <param name="layout">The circuit's.</param>
    /// <param name="positions">Which positions share a mean.</param>
    /// <param name="run">The circuit's run; <see langword="null"/> for a circuit file outside of one, which has no learned constants.</param>
    public static Workbench Of(LoadedModel model, TaskData task, AblationKind ablation, GateLayout layout, MeanPositions positions, FinishedRun? run)
    {
        var config = model.Transformer.Config;
        var options = run?.Config.Options;
        return new(
            model, task, ablation, options?.Engine.Engine ?? EngineKind.Auto, options?.Threads, layout, positions,
            () => run?.ReadConstants(config) ?? ConstantsFile.Read(null, config));
    }

    public LoadedModel Model { get; }

    public TaskData Task { get; }

    public GateLayout Layout { get; }

    public PairPreparation Preparation { get; }

    public Workers Workers { get; }

    public Engines Engines { get; }

    /// <summary>Measures circuits; made when first asked for, so that it takes no memory while scores are trained.</summary>
    public ICircuitRunner Runner => _runner ??= Engines.Runner(_engine);

    /// <summary>No node at all, not even one whose gate is always open.</summary>
    public NodeSet AllClosed => NodeSet.Empty(Layout);

    /// <summary>How a run on this bench will be made.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="folder">Where the run folder is or would be.</param>
    public MemoryPlan Plan(DiscoverOptions options, string folder)
    {
        var refines = options.Refinement.Runs > 0;
        var batch = refines ? Math.Max(options.BatchSize, options.Refinement.BatchSize) : options.BatchSize;
        return new MemoryPlanner(Model.Transformer, Task.Train, Preparation.PerPair, batch, Workers.Count, refines).Plan(options.Engine, options.Memory, DiskSpace.FreeBytes(folder), CpuFeatures.Current);
    }

    public void Dispose()
    {
        _runner?.Dispose();
        _ablation.Dispose();
    }

    private static IAblation Ablate(Transformer model, TaskData task, AblationKind kind, MeanPositions positions, Func<NodeConstants>? constants)
    {
        if (kind == AblationKind.Counterfactual)
        {
            return new CounterfactualAblation(model);
        }

        if (kind == AblationKind.Zero)
        {
            return ConstantAblation.Zero(model);
        }

        if (kind == AblationKind.Learned && constants is not null)
        {
            return ConstantAblation.Learned(model, constants());
        }

        using var scope = NewDisposeScope();
        var pairs = task.Train.IsEmpty ? task.Test : task.Train;
        var means = ActivationMeans.Over(model, positions, LengthBatches.Of(pairs).Select(rows => Corrupted([.. rows.Select(row => pairs[row])])));
        return kind == AblationKind.Learned ? ConstantAblation.Learned(model, means) : ConstantAblation.Mean(model, means);
    }

    private static (Tensor Tokens, int AnswerPosition) Corrupted(EncodedPair[] pairs) => (TokenTensors.Of(pairs, pair => pair.Corrupted), pairs[0].AnswerPosition);
}
