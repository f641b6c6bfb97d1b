namespace Nodal.Patching.Fast;

/// <summary>Copies the open rows (and columns) of a weight together.</summary>
internal static unsafe class RowGather<T>
    where T : unmanaged, IElement<T>
{
    /// <summary>The rows named, in that order, then rows of zeros.</summary>
    /// <param name="source">The weight.</param>
    /// <param name="rows">Which; −1 names a row of zeros.</param>
    /// <param name="padded">Rows of the result.</param>
    /// <param name="arena">Where it is made.</param>
    public static Matrix<T> Rows(Matrix<T> source, ReadOnlySpan<int> rows, int padded, Arena<T> arena)
    {
        var target = arena.Take(padded, source.Columns);
        for (var i = 0; i < rows.Length; i++)
        {
            var to = new Span<T>(target.Row(i), source.Columns);
            if (rows[i] < 0)
            {
                to.Clear();
            }
            else
            {
                new ReadOnlySpan<T>(source.Row(rows[i]), source.Columns).CopyTo(to);
            }
        }

        target.ClearFrom(rows.Length);
        return target;
    }

    /// <summary>Some columns of the rows named, padded with zeros.</summary>
    public static Matrix<T> Block(Matrix<T> source, ReadOnlySpan<int> rows, int paddedRows, ReadOnlySpan<int> columns, int paddedColumns, Arena<T> arena)
    {
        var target = arena.Take(paddedRows, paddedColumns);
        for (var i = 0; i < rows.Length; i++)
        {
            var from = (source.Row(rows[i]));
            var to = target.Row(i);
            for (var j = 0; j < columns.Length; j++)
            {
                to[j] = from[columns[j]];
            }

            new Span<T>(to + columns.Length, paddedColumns - columns.Length).Clear();
        }

        target.ClearFrom(rows.Length);
        return target;
    }
}
