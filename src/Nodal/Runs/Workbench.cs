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

    /// <param name="model">The model; stays the caller's.</param>
    /// <param name="task">Its pairs.</param>
    /// <param name="ablation">What a closed node outputs.</param>
    /// <param name="threads">Threads; default all cores.</param>
    public Workbench(LoadedModel model, TaskData task, AblationKind ablation, int? threads = null)
    {
        Model = model;
        Task = task;
        Layout = new GateLayout(model.Transformer.Config);
        Workers = new Workers(threads);
        _ablation = Ablate(model.Transformer, task, ablation);
        Preparation = new PairPreparation(model.Transformer, _ablation);
        Runner = new CircuitRunner(model.Transformer, Preparation, Workers);
    }

    public LoadedModel Model { get; }

    public TaskData Task { get; }

    public GateLayout Layout { get; }

    public PairPreparation Preparation { get; }

    public Workers Workers { get; }

    public CircuitRunner Runner { get; }

    /// <summary>No node at all.</summary>
    public NodeSet AllClosed => NodeSet.Close(Layout, new bool[Layout.Count]);

    public void Dispose() => _ablation.Dispose();

    private static IAblation Ablate(Transformer model, TaskData task, AblationKind kind)
    {
        if (kind == AblationKind.Counterfactual)
        {
            return new CounterfactualAblation(model);
        }

        if (kind == AblationKind.Zero)
        {
            return ConstantAblation.Zero(model);
        }

        using var scope = NewDisposeScope();
        var pairs = task.Train.IsEmpty ? task.Test : task.Train;
        return ConstantAblation.Mean(model, LengthBatches.Of(pairs).Select(rows => CorruptedTokens([.. rows.Select(row => pairs[row])])));
    }

    private static Tensor CorruptedTokens(EncodedPair[] pairs) => TokenTensors.Of(pairs, pair => pair.Corrupted);
}
