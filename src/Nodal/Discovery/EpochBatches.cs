namespace Nodal.Discovery;

/// <summary>Batches of epochs: all pairs in an order of the epoch's own, cut into batches, the last perhaps smaller (PyTorch's DataLoader with shuffle).</summary>
/// <param name="pairs">Number of pairs.</param>
/// <param name="size">Pairs of a batch.</param>
/// <param name="seed">Of the run.</param>
internal sealed class EpochBatches(int pairs, int size, int seed)
{
    private readonly int _perEpoch = PerEpoch(pairs, size);
    private int _epoch = -1;
    private int[] _order = [];

    /// <summary>Steps of an epoch.</summary>
    public static int PerEpoch(int pairs, int size) => ((pairs - 1) / size) + 1;

    /// <summary>Epoch of a step, both 0-based.</summary>
    public int Epoch(int step) => step / _perEpoch;

    /// <summary>Positions of one step's pairs, rising; they follow from seed and step alone.</summary>
    /// <param name="step">0-based.</param>
    public int[] Of(int step)
    {
        if (Epoch(step) != _epoch)
        {
            _epoch = Epoch(step);
            _order = [.. Enumerable.Range(0, pairs)];
            PaperRandom.OfEpoch(seed, _epoch).Shuffle(_order);
        }

        var first = step % _perEpoch * size;
        var batch = _order[first..Math.Min(first + size, pairs)];
        Array.Sort(batch);
        return batch;
    }
}
