using System.CommandLine;
using System.CommandLine.Parsing;

namespace Nodal.Cli.CommandLine;

/// <summary>What a command line says itself: an option that has but its default is not given.</summary>
internal static class GivenOptions
{
    /// <summary>Whether an option is given.</summary>
    public static bool Gives(this CommandResult given, Option option) => given.GetResult(option) is { Implicit: false };

    /// <summary>Options of the command itself that are given, in the order in which it has them.</summary>
    public static IEnumerable<Option> Given(this CommandResult given) => given.Command.Options.Where(given.Gives);
}
