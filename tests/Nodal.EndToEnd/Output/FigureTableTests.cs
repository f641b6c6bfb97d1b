using Nodal.Cli.Output;

namespace Nodal.EndToEnd.Output;

public sealed class FigureTableTests
{
    private static readonly string[] Headers = ["method", "first", "second", "third"];
    private static readonly string[][] Rows = [["random", "1.234 [1.111, 1.345]", "2.234", "3.234"], ["ranking", "4.234", "5.234 [5.111, 5.345]", "6.234"]];

    [Theory]
    [InlineData(10)]
    [InlineData(24)]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(200)]
    public void Whatever_the_width_no_cell_is_cut_and_each_part_names_its_rows(int width)
    {
        var lines = Written(width);

        foreach (var cell in Rows.SelectMany(row => row).Concat(Headers))
        {
            lines.ShouldContain(line => line.Contains(cell, StringComparison.Ordinal), cell);
        }

        var parts = lines.Count(line => line.Contains("method", StringComparison.Ordinal));
        lines.Count(line => line.Contains("ranking", StringComparison.Ordinal)).ShouldBe(parts);
    }

    [Fact]
    public void A_console_that_is_wide_enough_gets_one_table_and_a_narrower_one_parts_that_fit()
    {
        Written(200).Count(line => line.Contains("method", StringComparison.Ordinal)).ShouldBe(1);
        var narrow = Written(40);
        narrow.Count(line => line.Contains("method", StringComparison.Ordinal)).ShouldBeGreaterThan(1);
        narrow.ShouldAllBe(line => line.Length <= 40);
    }

    private static string[] Written(int width) => ConsoleText.Of(console =>
    {
        console.Profile.Width = width;
        FigureTable.Write(console, Headers, Rows, words: [0]);
        console.Profile.Width.ShouldBe(width);
    }).Split('\n');
}
