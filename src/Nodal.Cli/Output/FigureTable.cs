using Spectre.Console;
using Spectre.Console.Rendering;

namespace Nodal.Cli.Output;

/// <summary>A table of figures: ruled by one line, its columns to the right unless they hold words, nothing wrapped or cut, no cell read as markup.</summary>
internal static class FigureTable
{
    /// <summary>Columns that the widest tables are measured in.</summary>
    private const int Endless = 10_000;

    /// <summary>Prints a whole table; where the console is too narrow for it, its columns go into several tables, each with the first column.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="headers">One for each column.</param>
    /// <param name="rows">As many cells each.</param>
    /// <param name="keys">First columns that every part has.</param>
    /// <param name="gap">Spaces before a column.</param>
    /// <param name="words">Columns of words, which stand to the left; the first column, where it is one, without a gap.</param>
    public static void Write(IAnsiConsole console, string[] headers, IEnumerable<string[]> rows, int keys = 1, int gap = 1, int[]? words = null)
    {
        string[][] cells = [.. rows];
        Table Of(int[] columns) => FigureTable.Of(headers, cells, columns, gap, words ?? []);
        int[] part = [.. Enumerable.Range(0, keys)];
        foreach (var column in Enumerable.Range(keys, headers.Length - keys))
        {
            int[] more = [.. part, column];
            if (part.Length > keys && Width(console, Of(more)) > console.Profile.Width)
            {
                WriteWhole(console, Of(part));
                more = [.. part[..keys], column];
            }

            part = more;
        }

        WriteWhole(console, Of(part));
    }

    /// <summary>Whether a console has columns enough for a whole table.</summary>
    public static bool Fits(IAnsiConsole console, string[] headers, string[][] rows) => Width(console, Of(headers, rows, [.. Enumerable.Range(0, headers.Length)], gap: 1, words: [])) <= console.Profile.Width;

    /// <summary>A part that is still too wide runs over the edge: a terminal breaks its lines, and no figure is lost.</summary>
    private static void WriteWhole(IAnsiConsole console, Table table)
    {
        var width = console.Profile.Width;
        console.Profile.Width = Math.Max(width, Width(console, table));
        console.Write(table);
        console.Profile.Width = width;
    }

    private static int Width(IAnsiConsole console, Table table) => ((IRenderable)table).Measure(RenderOptions.Create(console), Endless).Max;

    private static Table Of(string[] headers, string[][] rows, int[] columns, int gap, int[] words)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
        {
            var left = words.Contains(column);
            table.AddColumn(new TableColumn(new Text(headers[column]))
            {
                Alignment = left ? Justify.Left : Justify.Right, NoWrap = true, Padding = new Padding(left && column == 0 ? 0 : gap, 0, 0, 0),
            });
        }

        foreach (var row in rows)
        {
            table.AddRow(columns.Select(column => new Text(row[column])));
        }

        return table;
    }
}
