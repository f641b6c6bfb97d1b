using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Runtime;
using Nodal.Tasks;
using static TorchSharp.torch;

namespace Nodal.Patching.Fast;

/// <summary>Runs circuits by <see cref="FastEngine{T}"/>: each costs what is open of it.</summary>
internal sealed unsafe class FastCircuitRunner<T> : ICircuitRunner
    where T : unmanaged, IElement<T>
{
    /// <summary>Pairs a worker has at once, about.</summary>
    public const int PairsPerWorker = 16;

    private readonly Transformer _model;
    private readonly PairPreparation _preparation;
    private readonly Workers _workers;
    private readonly FastEngine<T> _engine;

    public FastCircuitRunner(Transformer model, PairPreparation preparation, Workers workers, GateLayout? layout = null)
    {
        (_model, _preparation, _workers) = (model, preparation, workers);
        _engine = new FastEngine<T>(model, layout ?? new GateLayout(model.Config), workers);
    }

    public PairMetrics[][] Measure(IReadOnlyList<NodeSet> circuits, IReadOnlyList<EncodedPair> pairs, CancellationToken cancellation = default)
    {
        using var runs = new UngatedRuns<T>(_model, _engine, _preparation, pairs[0]);
        var results = Array.ConvertAll(new PairMetrics[circuits.Count][], _ => new PairMetrics[pairs.Count]);
        double[][] gates = [.. circuits.Select(circuit => circuit.Gates())];

        // Pairs of one length together, so that the full model runs on larger batches of them.
        var order = Enumerable.Range(0, pairs.Count).OrderBy(pair => pairs[pair].Length).ToArray();
        foreach (var chunk in order.Chunk(PairsPerWorker * _workers.Count))
        {
            cancellation.ThrowIfCancellationRequested();
            Measure(runs, gates, pairs, chunk, results, cancellation);
        }

        return results;
    }

    public void Dispose() => _engine.Dispose();

    private void Measure(
        UngatedRuns<T> runs, double[][] gates, IReadOnlyList<EncodedPair> pairs, int[] chunk, PairMetrics[][] results, CancellationToken cancellation)
    {
        var pieces = Array.ConvertAll(
            _engine.Split(Array.ConvertAll(chunk, pair => runs.Rows(pairs[pair]))), piece => Array.ConvertAll(piece, position => chunk[position]));
        EncodedPair[][] parts = Array.ConvertAll(pieces, piece => Array.ConvertAll(piece, pair => pairs[pair]));
        var starts = runs.Starts(parts);
        using var memory = new ActivationMemory(starts[^1]);
        var loaded = _workers.Map([.. Enumerable.Range(0, parts.Length)], piece => Load(runs, parts[piece], memory.Data + starts[piece]), cancellation);
        for (var circuit = 0; circuit < gates.Length; circuit++)
        {
            cancellation.ThrowIfCancellationRequested();
            var measured = _engine.Run(gates[circuit], loaded, Measure);
            for (var piece = 0; piece < pieces.Length; piece++)
            {
                for (var i = 0; i < pieces[piece].Length; i++)
                {
                    results[circuit][pieces[piece][i]] = measured[piece][i];
                }
            }
        }
    }

    private static Piece<T> Load(UngatedRuns<T> runs, EncodedPair[] pairs, byte* memory)
    {
        using var noGradient = no_grad();
        return runs.Piece(pairs, runs.Run(pairs, memory), runs.Answers(pairs));
    }

    private static PairMetrics[] Measure(Piece<T> piece, Matrix<Float32Element> logits)
    {
        using var scope = NewDisposeScope();
        var full = stack([.. piece.Pairs.Select(pair => tensor(pair.Full.LogProbabilities))]);
        return PairMeasurement.Of([.. piece.Pairs.Select(pair => pair.Pair)], full, logits.View());
    }
}
