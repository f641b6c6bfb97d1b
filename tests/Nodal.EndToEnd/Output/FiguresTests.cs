using Nodal.Cli.CommandLine;
using Nodal.Cli.Output;

namespace Nodal.EndToEnd.Output;

public sealed class FiguresTests
{
    [Theory]
    [InlineData("8GiB", 8L << 30)]
    [InlineData("1.5 gib", 3L << 29)]
    [InlineData("500MB", 500_000_000L)]
    [InlineData("4096", 4096L)]
    [InlineData("4096B", 4096L)]
    [InlineData("", null)]
    [InlineData("GiB", null)]
    [InlineData("-1GiB", null)]
    [InlineData("0", null)]
    [InlineData("99999999TiB", null)]
    public void Sizes_of_memory_are_read_as_people_write_them(string text, long? bytes) => ByteSize.Parse(text).ShouldBe(bytes);

    [Theory]
    [InlineData(12, "12 B")]
    [InlineData(2048, "2.0 KiB")]
    [InlineData(3L << 29, "1.5 GiB")]
    public void Sizes_of_memory_are_written_in_the_largest_unit(long bytes, string text) => ByteSize.Format(bytes).ShouldBe(text);

    [Theory]
    [InlineData(5, "0:05")]
    [InlineData(83.4, "1:23")]
    [InlineData(3723, "1:02:03")]
    public void Times_are_minutes_and_seconds(double seconds, string text) => Figures.Time(TimeSpan.FromSeconds(seconds)).ShouldBe(text);

    [Theory]
    [InlineData(0.0004, "0.0004")]
    [InlineData(-0.0004, "-0.0004")]
    [InlineData(0.01, "0.010")]
    [InlineData(-0.25, "-0.250")]
    [InlineData(0, "0.000")]
    public void Small_nats_of_either_sign_have_a_fourth_decimal(double nats, string text) => Figures.Nats(nats).ShouldBe(text);

    [Theory]
    [InlineData(0, "0 steps")]
    [InlineData(1, "1 step")]
    [InlineData(2000, "2,000 steps")]
    public void One_thing_is_no_plural(long steps, string text) => Figures.Count(steps, "step").ShouldBe(text);

    [Fact]
    public void The_smoothed_mean_of_equal_values_is_that_value_from_the_first_on()
    {
        var mean = new SmoothedMean();
        for (var i = 0; i < 5; i++)
        {
            mean.Add(0.3);
            mean.Value.ShouldBe(0.3, 1e-12);
        }

        mean.Add(1.3);
        mean.Value.ShouldBeInRange(0.4, 0.6);
    }

    [Theory]
    [InlineData("runs/mine", "runs/mine")]
    [InlineData("runs/my run", "'runs/my run'")]
    [InlineData("runs/it's", @"'runs/it'\''s'")]
    public void Paths_can_be_pasted_into_a_shell(string path, string word) =>
        PathWord.Of(Path.Combine(Environment.CurrentDirectory, path)).Replace('\\', '/').ShouldBe(word.Replace('\\', '/'));

    [Theory]
    [InlineData("nodal show 'a b' --depth heads # shows it", "nodal|show|a b|--depth|heads")]
    public void Words_of_a_documented_line_are_those_of_a_shell(string line, string words) => string.Join('|', ShellWords.Of(line)).ShouldBe(words);
}
