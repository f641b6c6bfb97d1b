using System.Collections.Immutable;
using Nodal.Models;
using Nodal.Runtime;
using Nodal.Tasks;
using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>Training pairs to take batches from, grouped by length, so that nothing is padded, and by answer position.</summary>
/// <remarks>What holds no gate is computed once and kept where it fits in the memory given, else anew for each batch.</remarks>
internal sealed class PairPool : IDisposable
{
    /// <summary>Pairs of a piece, worked on together: few enough that a step has work for every thread, and fixed, so that sums have the same bits on any number of them.</summary>
    public const int PieceSize = 16;

    private readonly PairPreparation _preparation;
    private readonly ImmutableArray<int[]> _groups;
    private readonly PreparedBatch?[] _kept;

    /// <summary>Groups the pairs and, where they fit, prepares them all.</summary>
    /// <param name="model">The model.</param>
    /// <param name="preparation">How to prepare pairs.</param>
    /// <param name="pairs">At least one.</param>
    /// <param name="memory">Bytes that kept activations may take.</param>
    /// <param name="workers">Threads; default one.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    public PairPool(Transformer model, PairPreparation preparation, IReadOnlyList<EncodedPair> pairs, long memory, Workers? workers = null,
        CancellationToken cancellation = default)
    {
        _preparation = preparation;
        Pairs = pairs;
        _groups = [.. Enumerable.Range(0, pairs.Count).GroupBy(pair => (pairs[pair].Length, pairs[pair].AnswerPosition)).OrderBy(group => group.Key).Select(group => group.ToArray())];
        KeptBytes = Bytes(model, preparation.PerPair, pairs);
        _kept = new PreparedBatch?[KeptBytes <= memory ? _groups.Length : 0];
        try
        {
            if (Keeps)
            {
                (workers ?? new Workers(1)).Map([.. Enumerable.Range(0, _kept.Length)], group => _kept[group] = Keep(_groups[group], cancellation), cancellation);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether activations are kept, not recomputed.</summary>
    public bool Keeps => _kept.Length > 0;

    /// <summary>Bytes that keeping the activations takes.</summary>
    public long KeptBytes { get; }

    /// <summary>The pairs, in the order given.</summary>
    public IReadOnlyList<EncodedPair> Pairs { get; }

    /// <summary>Some pairs in pieces of one length and answer position, in the caller's dispose scope.</summary>
    /// <param name="pairs">Positions in <see cref="Pairs"/>, distinct and rising.</param>
    public IEnumerable<PreparedBatch> Take(int[] pairs)
    {
        for (var group = 0; group < _groups.Length; group++)
        {
            var rows = pairs.Select(pair => Array.BinarySearch(_groups[group], pair)).Where(row => row >= 0).ToArray();
            foreach (var piece in rows.Chunk(PieceSize))
            {
                yield return Take(group, piece);
            }
        }
    }

    /// <summary>Bytes that keeping the activations of some pairs takes.</summary>
    public static long Bytes(Transformer model, bool perPair, IReadOnlyList<EncodedPair> pairs) => pairs.Sum(pair => BytesPerPair(model, perPair, pair.Length));

    public void Dispose()
    {
        foreach (var tensor in _kept.OfType<PreparedBatch>().SelectMany(batch => batch.Tensors()))
        {
            tensor.Dispose();
        }
    }

    private PreparedBatch Take(int group, int[] rows) => Keeps
        ? _kept[group]!.Select(rows)
        : _preparation.Prepare([.. rows.Select(row => Pairs[_groups[group][row]])]);

    private PreparedBatch Keep(int[] group, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var parts = group.Chunk(PieceSize).Select(chunk =>
        {
            cancellation.ThrowIfCancellationRequested();
            return _preparation.Prepare([.. chunk.Select(pair => Pairs[pair])]);
        });
        var batch = PreparedBatch.Concat([.. parts]);
        foreach (var tensor in batch.Tensors())
        {
            tensor.DetachFromDisposeScope();
        }

        return batch;
    }

    private static long BytesPerPair(Transformer model, bool perPair, int tokens)
    {
        var config = model.Config;
        var perToken = perPair ? (config.Layers * (2L * config.Width + config.AttentionWidth + config.HiddenWidth)) + (2L * config.Width) : config.Width;
        return ((perToken * tokens) + config.OutputSize) * (model.Precision == ScalarType.Float64 ? sizeof(double) : sizeof(float));
    }
}
