using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>A table of figures: ruled by one line, its columns to the right, nothing wrapped, no cell read as markup.</summary>
internal static class FigureTable
{
    public static Table Of(params string[] headers)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var header in headers)
        {
            table.AddColumn(new TableColumn(new Text(header)) { Alignment = Justify.Right, NoWrap = true, Padding = new Padding(1, 0, 0, 0) });
        }

        return table;
    }

    public static void Write(IAnsiConsole console, string[] headers, IEnumerable<string[]> rows)
    {
        var table = Of(headers);
        foreach (var row in rows)
        {
            table.AddCells(row);
        }

        console.Write(table);
    }

    public static void AddCells(this Table table, params string[] cells) => table.AddRow(cells.Select(cell => new Text(cell)));
}
