using System.CommandLine;
using Nodal.Cli;
using Nodal.Cli.CommandLine;
using Nodal.Cli.Output;

namespace Nodal.EndToEnd;

/// <summary>The tool's commands in this process: for parsing without running.</summary>
internal static class CommandTree
{
    /// <summary>Every command with its path: <c>nodal task list</c>.</summary>
    public static IReadOnlyDictionary<string, Command> All { get; } = Below(Root(), "nodal").ToDictionary(entry => entry.Path, entry => entry.Command);

    /// <summary>What is wrong with a command line that begins with <c>nodal</c>; nothing for a good one.</summary>
    public static IReadOnlyList<string> Faults(string line)
    {
        var words = ShellWords.Of(line);
        words[0].ShouldBe("nodal");
        return [.. Tool.Parse(Root(), words[1..]).Errors.Select(error => error.Message)];
    }

    /// <summary>A command line parsed with the configuration file that it names.</summary>
    public static ParseResult Configured(params string[] words) => ConfiguredArguments.Parse(Root(), words);

    private static Command Root() => Tool.Commands(new CommandRunner(Terminal.OfProcess(), CancellationToken.None));

    private static IEnumerable<(string Path, Command Command)> Below(Command command, string path) =>
        command.Subcommands.SelectMany(child => Below(child, $"{path} {child.Name}")).Prepend((path, command));
}
