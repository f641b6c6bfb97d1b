namespace Nodal.Patching.Fast;

/// <summary>Divides a batch among workers so that each has about as many rows.</summary>
internal static class PieceSplit
{
    /// <summary>Positions of the pairs of each piece.</summary>
    /// <param name="rows">Of each pair.</param>
    /// <param name="workers">The number of pieces is a multiple of it, as far as there are pairs.</param>
    /// <param name="limit">Rows a piece has at most, give or take a pair.</param>
    public static int[][] Of(IReadOnlyList<int> rows, int workers, int limit)
    {
        long total = rows.Sum(count => (long)count);
        var rounds = (total + ((long)workers * limit) - 1) / ((long)workers * limit);
        var pieces = new List<int>[Math.Min(rows.Count, checked((int)(workers * rounds)))];
        for (var piece = 0; piece < pieces.Length; piece++)
        {
            pieces[piece] = [];
        }

        var sums = new long[pieces.Length];
        foreach (var pair in Enumerable.Range(0, rows.Count).OrderByDescending(pair => rows[pair]).ThenBy(pair => pair))
        {
            var lightest = Array.IndexOf(sums, sums.Min());
            pieces[lightest].Add(pair);
            sums[lightest] += rows[pair];
        }

        return Array.ConvertAll(pieces, piece => piece.Order().ToArray());
    }
}
