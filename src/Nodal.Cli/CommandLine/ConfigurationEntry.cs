using System.Collections.Immutable;

namespace Nodal.Cli.CommandLine;

/// <summary>One option as a configuration file gives it.</summary>
/// <param name="Name">The option's long name without dashes.</param>
/// <param name="Values">What the command line would give; more than one for an option that can be given more than once.</param>
/// <param name="Line">1-based.</param>
internal sealed record ConfigurationEntry(string Name, ImmutableArray<string> Values, int Line)
{
    /// <summary>The option's name on the command line.</summary>
    public string Option => $"--{Name}";

    /// <summary>The same as words of the command line.</summary>
    public IEnumerable<string> Words => Values.Select(value => $"{Option}={value}");
}
