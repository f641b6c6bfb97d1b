using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching.Fast;
using Nodal.Runtime;
using Nodal.Tasks;

namespace Nodal.Patching;

/// <summary>Makes the engine that was chosen.</summary>
internal sealed class Engines(Transformer model, PairPreparation preparation, Workers workers, GateLayout? layout = null)
{
    private readonly GateLayout _layout = layout ?? new GateLayout(model.Config);

    /// <summary>For training.</summary>
    /// <param name="options">With nothing left to choose.</param>
    /// <param name="pairs">The training pairs; at least one.</param>
    /// <param name="file">Where activations go that are kept in a file.</param>
    /// <param name="loss">What gradients are taken of; default KL.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    public IGateGradient Gradient(EngineOptions options, IReadOnlyList<EncodedPair> pairs, string file, AnswerLoss? loss = null, CancellationToken cancellation = default)
    {
        var gradient = OfBlocks(options, pairs, file, loss ?? AnswerLoss.Divergence, cancellation);
        return _layout.Has(Granularity.Layer) ? new FoldedLayers(gradient, _layout) : gradient;
    }

    /// <summary>The gradient by the rules of layer-wise relevance propagation, by the plain engine.</summary>
    /// <inheritdoc cref="Gradient"/>
    public IGateGradient Relevance(EngineOptions options, IReadOnlyList<EncodedPair> pairs, AnswerLoss loss, CancellationToken cancellation = default)
    {
        var gradient = Plain(options.Activations, pairs, loss, new RelevanceRules(model.Config), cancellation);
        return _layout.Has(Granularity.Layer) ? new FoldedLayers(gradient, _layout) : gradient;
    }

    /// <summary>For measuring circuits, in float32. A closed set keeps no block of a closed layer, so that gates of layers change nothing.</summary>
    public ICircuitRunner Runner(EngineKind engine) => engine == EngineKind.Plain
        ? new PlainCircuitRunner(model, preparation, workers, _layout)
        : new FastCircuitRunner<Float32Element>(model, preparation, workers, _layout);

    private IGateGradient OfBlocks(EngineOptions options, IReadOnlyList<EncodedPair> pairs, string file, AnswerLoss loss, CancellationToken cancellation)
    {
        if (options.Engine == EngineKind.Plain)
        {
            return Plain(options.Activations, pairs, loss, rules: null, cancellation);
        }

        return options.Precision == EnginePrecision.BFloat16
            ? Fast<BFloat16Element>(options.Activations, pairs, file, loss, cancellation)
            : Fast<Float32Element>(options.Activations, pairs, file, loss, cancellation);
    }

    private PlainGateGradient Plain(
        ActivationPlacement activations, IReadOnlyList<EncodedPair> pairs, AnswerLoss loss, RelevanceRules? rules, CancellationToken cancellation)
    {
        var pool = new PairPool(model, preparation, pairs, activations == ActivationPlacement.Memory ? long.MaxValue : 0, workers, cancellation);
        return new PlainGateGradient(pool, new PlainEngine(model, _layout) { Loss = loss, Rules = rules }, workers, preparation.Learned);
    }

    private FastGateGradient<T> Fast<T>(ActivationPlacement activations, IReadOnlyList<EncodedPair> pairs, string file, AnswerLoss loss, CancellationToken cancellation)
        where T : unmanaged, IElement<T>
    {
        var engine = new FastEngine<T>(model, _layout, workers) { Loss = loss };
        UngatedRuns<T>? runs = null;
        ActivationMemory? memory = null;
        try
        {
            runs = new UngatedRuns<T>(model, engine, preparation, pairs[0]);
            var bytes = runs.Bytes(pairs);
            memory = activations switch
            {
                ActivationPlacement.Recompute => null,
                ActivationPlacement.File => new ActivationMemory(bytes, file),
                _ => new ActivationMemory(bytes),
            };
            return new FastGateGradient<T>(engine, runs, pairs, memory, workers, cancellation);
        }
        catch
        {
            memory?.Dispose();
            runs?.Dispose();
            engine.Dispose();
            throw;
        }
    }
}
