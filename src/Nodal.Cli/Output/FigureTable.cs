using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>A table of figures: ruled by one line, its columns to the right unless they hold words, nothing wrapped, no cell read as markup.</summary>
internal static class FigureTable
{
    private const int Wide = 140;

    /// <summary>Whether a console has columns enough for all that a table can show; a narrower one gets less, or more tables.</summary>
    public static bool IsWide(IAnsiConsole console) => console.Profile.Width >= Wide;

    public static Table Of(params string[] headers) => Of(headers, gap: 1, words: []);

    /// <summary>Prints a whole table.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="headers">One for each column.</param>
    /// <param name="rows">As many cells each.</param>
    /// <param name="gap">Spaces before a column.</param>
    /// <param name="words">Columns of words, which stand to the left; the first column, where it is one, without a gap.</param>
    public static void Write(IAnsiConsole console, string[] headers, IEnumerable<string[]> rows, int gap = 1, int[]? words = null)
    {
        var table = Of(headers, gap, words ?? []);
        foreach (var row in rows)
        {
            table.AddCells(row);
        }

        console.Write(table);
    }

    public static void AddCells(this Table table, params string[] cells) => table.AddRow(cells.Select(cell => new Text(cell)));

    private static Table Of(string[] headers, int gap, int[] words)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var (i, header) in headers.Index())
        {
            var left = words.Contains(i);
            table.AddColumn(new TableColumn(new Text(header))
            {
                Alignment = left ? Justify.Left : Justify.Right, NoWrap = true, Padding = new Padding(left && i == 0 ? 0 : gap, 0, 0, 0),
            });
        }

        return table;
    }
}
