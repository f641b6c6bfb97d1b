using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Runtime;
using Nodal.Tasks;
using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>Runs circuits by <see cref="PlainEngine"/>.</summary>
internal sealed class PlainCircuitRunner(Transformer model, PairPreparation preparation, Workers? workers = null, GateLayout? layout = null) : ICircuitRunner
{
    private readonly Workers _workers = workers ?? new Workers(1);
    private readonly PlainEngine _engine = new(model, layout ?? new GateLayout(model.Config));

    public PairMetrics[][] Measure(IReadOnlyList<NodeSet> circuits, IReadOnlyList<EncodedPair> pairs, CancellationToken cancellation = default)
    {
        var gates = circuits.Select(circuit => circuit.Gates()).ToArray();
        var results = circuits.Select(_ => new PairMetrics[pairs.Count]).ToArray();
        ForEachChunk(pairs, rows => Measure(rows, gates, cancellation), results, cancellation);
        return results;
    }

    /// <summary>Measures the full model on the corrupted prompts against itself on the clean ones.</summary>
    /// <returns>Per pair in the order given; "circuit" is the corrupted run.</returns>
    public PairMetrics[] MeasureCorrupted(IReadOnlyList<EncodedPair> pairs, CancellationToken cancellation = default)
    {
        var results = new PairMetrics[pairs.Count];
        ForEachChunk(pairs, rows =>
        {
            using var scope = NewDisposeScope();
            return [PairMeasurement.Of(rows, preparation.FullLogProbabilities(rows, pair => pair.Clean), preparation.FullLogProbabilities(rows, pair => pair.Corrupted))];
        }, [results], cancellation);
        return results;
    }

    /// <summary>Measures pairs batch by batch and puts the numbers where the pairs stand.</summary>
    private void ForEachChunk(
        IReadOnlyList<EncodedPair> pairs, Func<EncodedPair[], PairMetrics[][]> measure, PairMetrics[][] results, CancellationToken cancellation)
    {
        int[][] chunks = [.. LengthBatches.Of(pairs)];
        var measured = _workers.Map(chunks, chunk => measure([.. chunk.Select(i => pairs[i])]), cancellation);
        for (var chunk = 0; chunk < chunks.Length; chunk++)
        {
            for (var circuit = 0; circuit < results.Length; circuit++)
            {
                for (var row = 0; row < chunks[chunk].Length; row++)
                {
                    results[circuit][chunks[chunk][row]] = measured[chunk][circuit][row];
                }
            }
        }
    }

    private PairMetrics[][] Measure(EncodedPair[] pairs, double[][] gates, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var batch = preparation.Prepare(pairs);
        return Array.ConvertAll(gates, circuit =>
        {
            cancellation.ThrowIfCancellationRequested();
            using var logits = _engine.AnswerLogits(batch, circuit);     // (b, v)
            return PairMeasurement.Of(batch.Pairs, batch.FullLogProbabilities, logits);
        });
    }

    public void Dispose()
    {
        // The model belongs to the caller.
    }
}
