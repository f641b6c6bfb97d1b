namespace Nodal.EndToEnd;

/// <summary>A table of a Markdown text.</summary>
/// <param name="Section">The heading it stands under.</param>
/// <param name="Columns">Its column headings.</param>
/// <param name="Rows">Its rows: cells by column heading.</param>
internal sealed record MarkdownTable(string Section, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyDictionary<string, string>> Rows)
{
    /// <summary>All tables of a text, in order.</summary>
    public static IReadOnlyList<MarkdownTable> AllOf(string text)
    {
        var tables = new List<MarkdownTable>();
        var section = "";
        var lines = new List<string[]>();
        foreach (var line in text.Split('\n').Append(""))
        {
            if (line.StartsWith('|'))
            {
                lines.Add(line.Trim('|').Split('|', StringSplitOptions.TrimEntries));
            }
            else if (lines.Count > 0)
            {
                tables.Add(Of(section, lines));
                lines.Clear();
            }

            section = line.StartsWith('#') ? line.TrimStart('#', ' ') : section;
        }

        return tables;
    }

    private static MarkdownTable Of(string section, List<string[]> lines)
    {
        var columns = lines[0];
        lines[1].ShouldAllBe(cell => cell == "---");
        lines.ShouldAllBe(cells => cells.Length == columns.Length);
        return new MarkdownTable(section, columns, [.. lines.Skip(2).Select(cells => columns.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second))]);
    }
}
