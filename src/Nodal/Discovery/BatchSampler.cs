namespace Nodal.Discovery;

/// <summary>Draws the pairs of each step, without replacement; all of them where there are fewer than a batch.</summary>
/// <param name="pairs">Number of pairs to draw from.</param>
/// <param name="size">Pairs of a batch.</param>
internal sealed class BatchSampler(int pairs, int size)
{
    private readonly int[] _order = new int[pairs];

    /// <summary>Positions of one step's pairs, rising; they follow from the state of the generator alone.</summary>
    public int[] Next(Random random)
    {
        for (var pair = 0; pair < _order.Length; pair++)
        {
            _order[pair] = pair;
        }

        random.Shuffle(_order);
        var batch = _order[..Math.Min(size, _order.Length)];
        Array.Sort(batch);
        return batch;
    }
}
