using Nodal.Cli.CommandLine;

namespace Nodal.EndToEnd;

public sealed class HelpTests
{
    public static TheoryData<string> Commands { get; } = [.. CommandTree.All.Keys];

    public static TheoryData<string> Examples { get; } = [.. CommandTree.All.Values.SelectMany(HelpWithExamples.Of).Distinct()];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_describes_the_command_and_has_an_example(string command)
    {
        var help = NodalTool.Run([.. command.Split(' ')[1..], "--help"]).Successful().Output;

        help.ShouldContain($"Usage:\n  {command}");
        help.ShouldContain(CommandTree.All[command].Description!);
        help.ShouldMatch($@"Examples:\n  nodal ");
        CommandTree.All[command].Options.ShouldAllBe(option => option.Description != null && option.Description.Length > 5);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Examples_of_help_can_be_parsed(string example) => CommandTree.Faults(example).ShouldBeEmpty();

    [Fact]
    public void No_argument_at_all_prints_help() => NodalTool.Run().Successful().Output.ShouldContain("Usage:\n  nodal [command] [options]");

    [Fact]
    public void The_version_is_printed() => NodalTool.Run("--version").Successful().Output.ShouldMatch(@"^\d+\.\d+\.\d+");

    [Theory]
    [InlineData("nodal discover --keep")]
    [InlineData("nodal show")]
    [InlineData("nodal discover --no-such-option")]
    public void A_wrong_line_would_be_seen(string line) => CommandTree.Faults(line).ShouldNotBeEmpty();
}
