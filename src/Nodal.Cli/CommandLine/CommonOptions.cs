using System.CommandLine;

namespace Nodal.Cli.CommandLine;

/// <summary>Options of more than one command.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json { get; } = new("--json") { Description = "Print one JSON document on stdout and nothing else there", Recursive = true };

    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Show every step, and the stack trace of a fault", Recursive = true };

    public static Option<bool> Quiet { get; } = new("--quiet") { Description = "No progress on stderr", Recursive = true };

    /// <summary>Of the commands that make runs; see <see cref="ConfiguredArguments"/>.</summary>
    public static Option<string?> Config { get; } = new("--config") { Description = "YAML file with options by their names, such as keep: 0.1; an option that is given itself goes before", HelpName = "FILE" };

    /// <summary>Those that every command has.</summary>
    public static IReadOnlyList<Option> All { get; } = [Json, Verbose, Quiet];
}
