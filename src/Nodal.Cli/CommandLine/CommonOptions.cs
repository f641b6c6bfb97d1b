using System.CommandLine;

namespace Nodal.Cli.CommandLine;

/// <summary>Options of every command.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json { get; } = new("--json") { Description = "Print one JSON document on stdout and nothing else there", Recursive = true };

    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Show every step, and the stack trace of a fault", Recursive = true };

    public static Option<bool> Quiet { get; } = new("--quiet") { Description = "No progress on stderr", Recursive = true };

    public static IReadOnlyList<Option> All { get; } = [Json, Verbose, Quiet];
}
