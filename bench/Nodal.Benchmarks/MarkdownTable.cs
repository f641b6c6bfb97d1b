namespace Nodal.Benchmarks;

/// <summary>A table on stdout, row by row as they are measured.</summary>
internal sealed class MarkdownTable
{
    private readonly int _columns;

    /// <summary>Writes the headings.</summary>
    public MarkdownTable(params string[] headings)
    {
        _columns = headings.Length;
        Row(headings);
        Row([.. headings.Select(_ => "---")]);
    }

    /// <summary>Writes a row.</summary>
    /// <exception cref="ArgumentException">It has not as many cells as there are headings.</exception>
    public void Row(params string[] cells)
    {
        if (cells.Length != _columns)
        {
            throw new ArgumentException($"a row of {cells.Length} cells in a table of {_columns} columns", nameof(cells));
        }

        Console.WriteLine($"| {string.Join(" | ", cells)} |");
    }
}
