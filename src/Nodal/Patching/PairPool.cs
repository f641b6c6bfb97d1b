using System.Collections.Immutable;
using Nodal.Models;
using Nodal.Runtime;
using Nodal.Tasks;
using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>Training pairs to draw batches from, grouped by length so that nothing is padded.</summary>
/// <remarks>What holds no gate is computed once and kept where it fits in the memory given, else anew for each batch.</remarks>
internal sealed class PairPool : IDisposable
{
    /// <summary>Pairs worked on together: few enough that a step has work for every thread, and fixed, so that sums have the same bits on any number of them.</summary>
    private const int PieceSize = 16;

    private readonly PairPreparation _preparation;
    private readonly ImmutableArray<ImmutableArray<EncodedPair>> _groups;
    private readonly ImmutableArray<PreparedBatch> _kept;
    private readonly int _count;

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
        _count = pairs.Count;
        _groups = [.. pairs.GroupBy(pair => pair.Length).OrderBy(group => group.Key).Select(group => group.ToImmutableArray())];
        KeptBytes = pairs.Sum(pair => BytesPerPair(model, preparation.PerPair, pair.Length));
        _kept = KeptBytes <= memory ? [.. (workers ?? new Workers(1)).Map(_groups, group => Keep(group, cancellation), cancellation)] : [];
    }

    /// <summary>Whether activations are kept, not recomputed.</summary>
    public bool Keeps => !_kept.IsEmpty;

    /// <summary>Bytes that keeping the activations takes.</summary>
    public long KeptBytes { get; }

    /// <summary>Draws pairs without replacement, all lengths alike, and gives them length by length, in the caller's dispose scope.</summary>
    /// <param name="random">Source of the draw.</param>
    /// <param name="count">Pairs wanted; all where the pool has fewer.</param>
    public IEnumerable<PreparedBatch> Draw(Random random, int count)
    {
        var picked = Enumerable.Range(0, _count).ToArray();
        random.Shuffle(picked);
        var drawn = picked.Take(count).Order().ToArray();
        var first = 0;
        for (var group = 0; group < _groups.Length; group++)
        {
            var rows = drawn.Where(row => row >= first && row < first + _groups[group].Length).Select(row => row - first).ToArray();
            first += _groups[group].Length;
            foreach (var piece in rows.Chunk(PieceSize))
            {
                yield return Take(group, piece);
            }
        }
    }

    public void Dispose()
    {
        foreach (var tensor in _kept.SelectMany(batch => batch.Tensors()))
        {
            tensor.Dispose();
        }
    }

    private PreparedBatch Take(int group, int[] rows) => Keeps
        ? _kept[group].Select(rows)
        : _preparation.Prepare([.. rows.Select(row => _groups[group][row])]);

    private PreparedBatch Keep(ImmutableArray<EncodedPair> group, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var parts = group.Chunk(PieceSize).Select(chunk =>
        {
            cancellation.ThrowIfCancellationRequested();
            return _preparation.Prepare(chunk);
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
        return ((perToken * tokens) + config.VocabularySize) * (model.Precision == ScalarType.Float64 ? sizeof(double) : sizeof(float));
    }
}
