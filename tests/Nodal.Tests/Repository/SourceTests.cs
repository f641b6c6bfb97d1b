using System.Text.RegularExpressions;

namespace Nodal.Tests.Repository;

public sealed partial class SourceTests
{
    private const int MostLines = 300;

    [Fact]
    public void No_source_file_is_longer_than_300_lines()
    {
        var files = new[] { "src", "tests", "bench" }.SelectMany(folder => SourceFiles.CSharp(folder)).ToList();

        files.Count.ShouldBeGreaterThan(20);
        files.Where(file => File.ReadLines(file.FullName).Count() > MostLines).Select(SourceFiles.Name).ShouldBeEmpty();
    }

    [Fact]
    public void No_text_names_a_folder_of_one_machine() => Matching(MachinePath()).ShouldBeEmpty();

    [Fact]
    public void No_text_leaves_work_for_later() => Matching(Unfinished()).ShouldBeEmpty();

    [Theory]
    [InlineData("/ho" + "me/ada/nodal", true)]
    [InlineData("see /wo" + "rk/main", true)]
    [InlineData("C:\\Us" + "ers\\ada", true)]
    [InlineData("~/.cache/nodal and /proc/meminfo", false)]
    [InlineData("https://example.org/ho" + "me/page", false)]
    public void Folders_of_one_machine_are_recognised(string text, bool isOne) => MachinePath().IsMatch(text).ShouldBe(isOne);

    private static IEnumerable<string> Matching(Regex pattern) =>
        from file in SourceFiles.Texts()
        from line in File.ReadLines(file.FullName).Index()
        where pattern.IsMatch(line.Item)
        select $"{SourceFiles.Name(file)}:{line.Index + 1}: {line.Item.Trim()}";

    // A character class in each word keeps the pattern from matching itself.
    [GeneratedRegex(@"(?<![\w.~/-])/(?:hom[e]|roo[t]|User[s]|wor[k]|tm[p])/\w|\b[A-Z]:\\User[s]\\")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\b(?:TOD[O]|FIXM[E]|XX[X]|HAC[K])\b|NotImplementedExceptio[n]")]
    private static partial Regex Unfinished();
}
