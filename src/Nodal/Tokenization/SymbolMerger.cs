namespace Nodal.Tokenization;

/// <summary>Merges a row of ids by a <see cref="MergeTable"/> in O(n log n).</summary>
/// <remarks>
/// 1. Link the symbols; queue every mergeable pair of neighbours by (rank, position).
/// 2. Take the best. If neither side changed since it was queued, the left symbol becomes the union and the right one goes.
/// 3. Queue the union's two new pairs; repeat.
/// </remarks>
internal sealed class SymbolMerger
{
    private const int Gone = int.MinValue;

    private readonly MergeTable _table;
    private readonly int[] _ids;
    private readonly int[] _next;
    private readonly int[] _previous;
    private readonly PriorityQueue<(int Left, int LeftId, int RightId, int Union), (int Rank, int Position)> _queue = new();

    private SymbolMerger(MergeTable table, int[] ids)
    {
        _table = table;
        _ids = ids;
        _next = new int[ids.Length];
        _previous = new int[ids.Length];
        for (var at = 0; at < ids.Length; at++)
        {
            _next[at] = at + 1;
            _previous[at] = at - 1;
        }
    }

    /// <summary>What is left when nothing merges any more; negative ids never merge and stay. The array is used up.</summary>
    public static IEnumerable<int> Merge(MergeTable table, int[] ids) => ids.Length < 2 ? ids : new SymbolMerger(table, ids).Run();

    private IEnumerable<int> Run()
    {
        for (var at = 0; at < _ids.Length - 1; at++)
        {
            Queue(at);
        }

        while (_queue.TryDequeue(out var pair, out _))
        {
            if (_ids[pair.Left] == pair.LeftId && _next[pair.Left] is var right && right < _ids.Length && _ids[right] == pair.RightId)
            {
                Join(pair.Left, right, pair.Union);
            }
        }

        return _ids.Where(id => id != Gone);
    }

    private void Join(int left, int right, int union)
    {
        _ids[left] = union;
        _ids[right] = Gone;
        _next[left] = _next[right];
        if (_next[left] < _ids.Length)
        {
            _previous[_next[left]] = left;
        }

        Queue(left);
        if (_previous[left] >= 0)
        {
            Queue(_previous[left]);
        }
    }

    private void Queue(int left)
    {
        var right = _next[left];
        if (right < _ids.Length && _table.TryGet(_ids[left], _ids[right], out var merge))
        {
            _queue.Enqueue((left, _ids[left], _ids[right], merge.Id), (merge.Rank, left));
        }
    }
}
