using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Runtime;
using Nodal.Tasks;
using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>Runs hard circuits on pairs and measures each pair.</summary>
internal sealed class CircuitRunner(Transformer model, PairPreparation preparation, Workers? workers = null)
{
    private readonly Workers _workers = workers ?? new Workers(1);
    private readonly PlainEngine _engine = new(model, new GateLayout(model.Config));

    /// <summary>Measures several circuits on the same pairs; what holds no gate is computed once for all of them.</summary>
    /// <returns>Per circuit, per pair in the order given.</returns>
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
            return [Measure(rows, preparation.FullLogProbabilities(rows, pair => pair.Clean), preparation.FullLogProbabilities(rows, pair => pair.Corrupted))];
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
            return Measure(batch.Pairs, batch.FullLogProbabilities, logits);
        });
    }

    /// <param name="pairs">(b).</param>
    /// <param name="full">(b, v): log-probabilities of the full model.</param>
    /// <param name="logits">(b, v): logits to compare.</param>
    private static PairMetrics[] Measure(IReadOnlyList<EncodedPair> pairs, Tensor full, Tensor logits)
    {
        using var scope = NewDisposeScope();
        var divergences = PlainEngine.Divergences(full, logits).to(ScalarType.Float64).data<double>().ToArray();
        var same = logits.argmax(-1).eq(full.argmax(-1)).data<bool>().ToArray();
        return [.. pairs.Select((pair, row) => new PairMetrics(
            Math.Max(0, divergences[row]),   // no KL is negative, but rounding is
            LogitDifference(logits[row], pair), LogitDifference(full[row], pair), same[row]))];
    }

    /// <param name="logits">(v), up to a constant.</param>
    /// <param name="pair">Its answers and foils.</param>
    private static double LogitDifference(Tensor logits, EncodedPair pair)
    {
        double LogSum(ImmutableArray<int> ids) => logits[tensor(ids.Select(id => (long)id).ToArray())].to(ScalarType.Float64).logsumexp(0).item<double>();
        return LogSum(pair.Answers) - LogSum(pair.Foils);
    }
}
