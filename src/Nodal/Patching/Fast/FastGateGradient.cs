using Nodal.Runtime;
using Nodal.Tasks;

namespace Nodal.Patching.Fast;

/// <summary>The gradient by <see cref="FastEngine{T}"/> over kept or recomputed activations.</summary>
internal sealed unsafe class FastGateGradient<T> : IGateGradient
    where T : unmanaged, IElement<T>
{
    private const int PairsAtOnce = 16;

    private readonly FastEngine<T> _engine;
    private readonly UngatedRuns<T> _runs;
    private readonly FullAnswer[] _answers;
    private readonly ActivationMemory? _memory;
    private readonly AblatedActivations<T>[]? _kept;

    /// <param name="engine">Owned.</param>
    /// <param name="runs">Owned.</param>
    /// <param name="pairs">The training pairs.</param>
    /// <param name="memory">Where ablated runs are kept, owned, or <see langword="null"/> to run them anew.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    public FastGateGradient(
        FastEngine<T> engine, UngatedRuns<T> runs, IReadOnlyList<EncodedPair> pairs, ActivationMemory? memory, Workers workers, CancellationToken cancellation = default)
    {
        (_engine, _runs, _memory, Pairs) = (engine, runs, memory, pairs);
        engine.Constants = runs.Constants;
        int[][] chunks = [.. LengthBatches.Of(pairs).SelectMany(batch => batch.Chunk(PairsAtOnce))];
        _answers = Map(chunks, workers, (part, _) => runs.Answers(part), cancellation);
        if (memory is not null)
        {
            var starts = runs.Starts(chunks.Select(chunk => chunk.Select(pair => pairs[pair])));
            _kept = Map(chunks, workers, (part, chunk) => runs.Run(part, memory.Data + starts[chunk]), cancellation);
        }
    }

    public IReadOnlyList<EncodedPair> Pairs { get; }

    public TrainedConstants? Constants => _runs.Constants;

    public double Step(int[] batch, GateValues gates, Span<double> gradient)
    {
        var rows = Array.ConvertAll(batch, pair => _runs.Rows(Pairs[pair]));
        return _engine.Step(rows, (piece, work) => Load(Array.ConvertAll(piece, position => batch[position]), work), gates, gradient);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _runs.Dispose();
        _memory?.Dispose();
    }

    private TResult Load<TResult>(int[] pairs, Func<Piece<T>, TResult> work)
    {
        EncodedPair[] some = [.. pairs.Select(pair => Pairs[pair])];
        var full = Array.ConvertAll(pairs, pair => _answers[pair]);
        if (_kept is { } kept)
        {
            return work(_runs.Piece(some, Array.ConvertAll(pairs, pair => kept[pair]), full));
        }

        using var memory = new ActivationMemory(_runs.Bytes(some));
        return work(_runs.Piece(some, _runs.Run(some, memory.Data), full));
    }

    /// <summary>One result per pair.</summary>
    private TResult[] Map<TResult>(int[][] chunks, Workers workers, Func<EncodedPair[], int, TResult[]> run, CancellationToken cancellation)
    {
        var parts = workers.Map([.. Enumerable.Range(0, chunks.Length)], chunk => run([.. chunks[chunk].Select(pair => Pairs[pair])], chunk), cancellation);
        var results = new TResult[Pairs.Count];
        for (var chunk = 0; chunk < chunks.Length; chunk++)
        {
            for (var i = 0; i < chunks[chunk].Length; i++)
            {
                results[chunks[chunk][i]] = parts[chunk][i];
            }
        }

        return results;
    }
}
