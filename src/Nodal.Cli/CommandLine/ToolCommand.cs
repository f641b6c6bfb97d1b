using System.CommandLine;

namespace Nodal.Cli.CommandLine;

/// <summary>A command with examples for its help; tests parse or run every one of them.</summary>
internal sealed class ToolCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Options of which only one can be given: where the command line has one, a configuration file's others count no more.</summary>
    public IList<IReadOnlyList<Option>> Alternatives { get; } = [];
}
