using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>A table of figures, aligned to the right; no cell is read as markup.</summary>
internal static class PlainTable
{
    public static void Write(IAnsiConsole console, IEnumerable<string> headers, IEnumerable<IEnumerable<string>> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var header in headers)
        {
            table.AddColumn(new TableColumn(new Text(header)) { Alignment = Justify.Right, NoWrap = true, Padding = new Padding(1, 0, 0, 0) });
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        console.Write(table);
    }
}
