using Nodal.Patching;
using Nodal.Patching.Fast;
using Nodal.Runtime;
using static TorchSharp.torch;

namespace Nodal.Benchmarks;

/// <summary>The fast engine taken apart: what each part of its step takes.</summary>
/// <remarks>Gathering, the forward pass and the LM head run alone; the backward pass is what is left of a whole step. Everything on all threads, as in a step, and in turn.</remarks>
internal sealed unsafe class StepPhases : IDisposable
{
    private readonly Workload _workload;
    private readonly Workers _workers;
    private readonly FastEngine<Float32Element> _engine;
    private readonly UngatedRuns<Float32Element> _runs;
    private readonly Rotation _rotation;
    private readonly ActivationMemory _memory;
    private readonly Piece<Float32Element>[] _pieces;

    public StepPhases(Workload workload)
    {
        _workload = workload;
        _workers = new Workers(workload.Threads);
        var preparation = new PairPreparation(workload.Model, new CounterfactualAblation(workload.Model));
        _engine = new FastEngine<Float32Element>(workload.Model, workload.Layout, _workers);
        var pairs = workload.BatchPairs;
        _runs = new UngatedRuns<Float32Element>(workload.Model, _engine, preparation, pairs[0]);
        _rotation = new Rotation(workload.Model.Config, workload.Model.LongestPrompt);
        using var noGradient = no_grad();
        _memory = new ActivationMemory(_runs.Bytes(pairs));
        var (ablated, full) = (_runs.Run(pairs, _memory.Data), _runs.Answers(pairs));
        _pieces = Array.ConvertAll(
            _engine.Split(Array.ConvertAll(pairs, _runs.Rows)),
            piece => _runs.Piece(Of(pairs, piece), Of(ablated, piece), Of(full, piece)));
    }

    /// <summary>Median seconds of gathering weights, the blocks forward, the LM head with loss and gradient, the blocks backward, and of the whole step.</summary>
    /// <param name="gates">(gates).</param>
    /// <param name="repeats">Measurements of each.</param>
    public (double Gather, double Forward, double Head, double Backward, double Step) Measure(double[] gates, int repeats)
    {
        var gradient = new double[gates.Length];
        var rows = Array.ConvertAll(_workload.BatchPairs, _runs.Rows);
        var split = _engine.Split(rows);
        void Step() => _engine.Step(rows, (piece, work) => work(_pieces[Array.FindIndex(split, one => one[0] == piece[0])]), gates, gradient);
        var works = Array.ConvertAll(_pieces, _ => new Workspace<Float32Element>(_engine.Shape, _rotation));
        try
        {
            var seconds = Repeats.InTurn(
                repeats, Step, () => _engine.Plan(gates), () => _engine.Run(gates, _pieces, (_, _) => true), () => Head(works, backward: false), () => Head(works, backward: true));
            var (step, gather, head) = (seconds[0].Median, seconds[1].Median, seconds[4].Median);
            var forward = seconds[2].Median - gather - seconds[3].Median;
            return (gather, forward, head, step - gather - forward - head, step);
        }
        finally
        {
            Array.ForEach(works, work => work.Dispose());
        }
    }

    public void Dispose()
    {
        _runs.Dispose();
        _memory.Dispose();
        _engine.Dispose();
    }

    private void Head(Workspace<Float32Element>[] works, bool backward) => _workers.Map([.. Enumerable.Range(0, _pieces.Length)], piece => Head(_pieces[piece], works[piece], backward));

    private bool Head(Piece<Float32Element> piece, Workspace<Float32Element> work, bool backward)
    {
        using var noGradient = no_grad();
        using var pass = new AnswerPass<Float32Element>(work, _engine.Weights, new FloatTensor(_workload.Model.Weights.FinalNorm.Scale));
        var memory = PieceMemory.Of(_engine.Shape, piece);
        work.Elements.Reset(memory.Elements([LayerSizes.Whole(_engine.Shape)], keep: false));
        work.Floats.Reset(memory.Floats());
        var delta = work.Floats.Take(piece.Pairs.Length, _engine.Shape.Width);
        delta.ClearFrom(0);
        var logits = work.Floats.Take(piece.Pairs.Length, _workload.Model.Config.OutputSize);
        var state = pass.Forward(piece, delta, logits);
        for (var pair = 0; backward && pair < piece.Pairs.Length; pair++)
        {
            AnswerGradient.Replace(
                AnswerLoss.Divergence, piece.Pairs[pair].Pair, piece.Pairs[pair].Full.LogProbabilities, new Span<float>(logits.Row(pair), logits.Columns), 1.0 / _workload.BatchSize);
        }

        if (backward)
        {
            pass.Backward(piece, state, logits, delta);
        }

        return true;
    }

    private static TItem[] Of<TItem>(TItem[] items, int[] positions) => Array.ConvertAll(positions, position => items[position]);
}
