using System.Text.RegularExpressions;

namespace Nodal.EndToEnd;

/// <summary>Whatever the documents tell a user to type is a command the tool understands.</summary>
public sealed partial class DocumentedCommandsTests
{
    public static TheoryData<string> Lines { get; } = [.. Documents().SelectMany(CommandsOf).Distinct()];

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_documented_command_can_be_parsed(string line) => CommandTree.Faults(line).ShouldBeEmpty();

    [Fact]
    public void Every_command_is_documented()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "commands.md"));

        CommandTree.All.Where(command => command.Value.Subcommands.Count == 0).Select(command => command.Key).ShouldAllBe(command => page.Contains($"## {command}", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_option_is_documented()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "commands.md"));

        CommandTree.All.Values.SelectMany(command => command.Options).Select(option => option.Name).Distinct().ShouldAllBe(option => page.Contains($"`{option}", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Documents() =>
        new[] { "README.md" }.Select(name => Path.Combine(Repository.Root, name)).Where(File.Exists)
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md"));

    /// <summary>Lines of code blocks that call the tool, with a line that ends in a backslash joined to the next.</summary>
    private static IEnumerable<string> CommandsOf(string document) =>
        from block in CodeBlock().Matches(File.ReadAllText(document))
        from line in block.Groups["text"].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
        let match = Call().Match(line)
        where match.Success
        select $"nodal {match.Groups["rest"].Value}".Trim();

    [GeneratedRegex(@"^```[a-z]*\n(?<text>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^\s*(\$ )?(nodal|dotnet run .*?Nodal\.Cli.*? --)(\s+(?<rest>.*))?$")]
    private static partial Regex Call();
}
