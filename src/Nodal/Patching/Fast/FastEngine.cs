using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Runtime;
using static TorchSharp.torch;

namespace Nodal.Patching.Fast;

/// <summary>The gated model at the cost of what is open of it, on the CPU: hand-written passes over gathered weights.</summary>
/// <remarks>Pieces of a batch are worked on side by side, each by one thread with single-threaded operations; sums over pieces are in their order, so that they have the same bits every time.</remarks>
internal sealed class FastEngine<T> : IDisposable
    where T : unmanaged, IElement<T>
{
    /// <summary>Rows a piece has at most, give or take a pair: enough for products at full speed, and what bounds the memory of long prompts and large batches.</summary>
    public const int RowsPerPiece = 1024;

    private readonly Transformer _model;
    private readonly GateLayout _layout;
    private readonly Workers _workers;
    private readonly Compactor<T> _compactor;
    private readonly Rotation _rotation;
    private readonly LayerPlan<T>[] _open;
    private readonly ConcurrentBag<GatedPass<T>> _passes = [];
    private readonly List<GateGradients> _gradients = [];

    public FastEngine(Transformer model, GateLayout layout, Workers workers)
    {
        (_model, _layout, _workers) = (model, layout, workers);
        Shape = new EngineShape(model.Config);
        Weights = new PackedWeights<T>(model, Shape);
        _compactor = new Compactor<T>(Weights, Shape, layout);
        _rotation = new Rotation(model.Config, model.LongestPrompt);
        _open = Plan(Enumerable.Repeat(1.0, layout.Count).ToArray());
    }

    public EngineShape Shape { get; }

    public PackedWeights<T> Weights { get; }

    /// <summary>What is open of each layer; valid until the next call.</summary>
    public LayerPlan<T>[] Plan(GateValues gates) => _workers.Map([.. Enumerable.Range(0, Shape.Config.Layers)], layer => _compactor.Plan(layer, gates));

    /// <summary>What the gradient is taken of; default KL.</summary>
    public AnswerLoss Loss { get; init; } = AnswerLoss.Divergence;

    /// <summary>Constants that are trained, or <see langword="null"/>; each step sets their gradient.</summary>
    public TrainedConstants? Constants { get; set; }

    /// <summary>Mean KL(full ‖ gated), nats, and the gradient of the loss for every gate.</summary>
    /// <param name="rows">Of each pair of the batch.</param>
    /// <param name="load">Makes a piece of the pairs at some positions of the batch and lets it be worked on.</param>
    /// <param name="gates">The gates, and which of them are live.</param>
    /// <param name="gradient">(gates), overwritten.</param>
    public double Step(IReadOnlyList<int> rows, Func<int[], Func<Piece<T>, double>, double> load, GateValues gates, Span<double> gradient)
    {
        var (plans, embedding) = (Plan(gates), EmbeddingGate.Of(_layout, gates));
        var pieces = Split(rows);
        while (_gradients.Count < pieces.Length)
        {
            _gradients.Add(new GateGradients(_layout) { Streams = Constants is null ? null : new StreamSums(Shape.Config.Layers, Constants.Layout.Classes, Shape.Width) });
        }

        var losses = _workers.Map([.. Enumerable.Range(0, pieces.Length)], piece =>
        {
            using var noGradient = no_grad();
            _gradients[piece].Begin(gates.Values);
            return Use(pass => load(pieces[piece], loaded => pass.Step(loaded, plans, embedding, Loss, 1.0 / rows.Count, _gradients[piece])));
        });
        gradient.Clear();
        foreach (var piece in _gradients.Take(pieces.Length))
        {
            TensorPrimitives.Add(gradient, piece.Sum, gradient);
        }

        if (Constants is not null)
        {
            SetConstantGradient(Constants, gates, [.. _gradients.Take(pieces.Length).Select(piece => piece.Streams!)]);
        }

        return losses.Sum();
    }

    /// <summary>Divides a batch among the workers.</summary>
    /// <param name="rows">Of each pair.</param>
    /// <returns>Positions of the pairs of each piece.</returns>
    public int[][] Split(IReadOnlyList<int> rows) => PieceSplit.Of(rows, _workers.Count, RowsPerPiece);

    /// <summary>Runs the gated model on pieces.</summary>
    /// <param name="gates">(gates).</param>
    /// <param name="pieces">Of a batch.</param>
    /// <param name="read">Reads the logits of a piece, up to a constant.</param>
    public TResult[] Run<TResult>(double[] gates, Piece<T>[] pieces, Func<Piece<T>, Matrix<Float32Element>, TResult> read)
    {
        var (plans, embedding) = (Plan(gates), EmbeddingGate.Of(_layout, gates));
        return _workers.Map(pieces, piece =>
        {
            using var noGradient = no_grad();
            return Use(pass => read(piece, pass.Logits(piece, plans, embedding)));
        });
    }

    /// <summary>Sets the ablated activations of pairs from their corrupted prompts.</summary>
    public void RunCorrupted(PairActivations<T>[] pairs) => Use(pass =>
    {
        using var noGradient = no_grad();
        pass.RunCorrupted(pairs, _open);
        return true;
    });

    /// <summary>Lets one thread at a time work with a pass.</summary>
    public TResult Use<TResult>(Func<GatedPass<T>, TResult> work)
    {
        var pass = _passes.TryTake(out var free) ? free : new GatedPass<T>(_model, Weights, Shape, _rotation);
        try
        {
            return work(pass);
        }
        finally
        {
            _passes.Add(pass);
        }
    }

    private void SetConstantGradient(TrainedConstants constants, GateValues gates, StreamSums[] pieces)
    {
        using var scope = NewDisposeScope();
        foreach (var piece in pieces.Skip(1))
        {
            pieces[0].Add(piece);
        }

        ConstantGradient.Of(_model, new GateTensors(_layout, gates, _model.Precision, gradient: false), pieces[0], constants.Layout, constants.Gradient);
    }

    public void Dispose()
    {
        foreach (var pass in _passes)
        {
            pass.Dispose();
        }

        _compactor.Dispose();
        Weights.Dispose();
    }
}
