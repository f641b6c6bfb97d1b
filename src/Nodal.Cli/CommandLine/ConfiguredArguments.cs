using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Nodal.Cli.Output;
using Nodal.Runtime;

namespace Nodal.Cli.CommandLine;

/// <summary>Puts the options of a configuration file among the words of the command line, where these do not give them already.</summary>
/// <remarks>Which options there are is the command's own knowledge: one that is added to it can stand in a file from then on.</remarks>
internal static class ConfiguredArguments
{
    /// <summary>Parses a command line, and the configuration file that it may name.</summary>
    /// <exception cref="NodalException">The file cannot be read, or holds what is no option of the command.</exception>
    public static ParseResult Parse(Command root, IReadOnlyList<string> arguments)
    {
        var given = Tool.Parse(root, arguments);
        if (given.Action is HelpWithExamples || given.GetResult(CommonOptions.Config) is not { Tokens: [var file] })
        {
            return given;
        }

        var entries = ConfigurationFile.Read(file.Value);
        foreach (var entry in entries)
        {
            Check(root, given.CommandResult, file.Value, entry);
        }

        return Tool.Parse(root, [.. arguments, .. entries.Where(entry => !IsGiven(given.CommandResult, entry)).SelectMany(entry => entry.Words)]);
    }

    private static void Check(Command root, CommandResult given, string file, ConfigurationEntry entry)
    {
        var place = $"{file}, line {entry.Line},";
        if (Known(given).FirstOrDefault(option => option.Name == entry.Option) is not { } option)
        {
            Throw.Usage(
                $"{place} names no option of {FaultReport.PathOf(given.Command)}", found: $"'{entry.Name}'", expected: $"one of {string.Join(", ", Known(given).Select(known => known.Name[2..]))}",
                remedy: "Correct the name");
            return;
        }

        if (option.ValueType == typeof(bool) && entry.Values is not ["true" or "false"])
        {
            Throw.Usage($"{place} gives {option.Name} what it cannot take", found: $"'{string.Join("; ", entry.Values)}'", expected: "true or false", remedy: "Correct the value");
        }

        var alone = Tool.Parse(root, [.. FaultReport.PathOf(given.Command).Split(' ')[1..], .. entry.Words]);
        if (alone.Errors.FirstOrDefault(error => IsOf(error.SymbolResult, option)) is { } fault)
        {
            Throw.Usage($"{place} gives {option.Name} what it cannot take", found: $"'{string.Join("; ", entry.Values)}'", expected: Expected(fault.Message), remedy: "Correct the value");
        }
    }

    /// <summary>What an option's own sentence expects, or the whole of another's.</summary>
    private static string Expected(string sentence) => sentence.Split("; expected ", 2) is [_, var expected] ? expected.TrimEnd('.') : $"a value without this fault: {sentence.TrimEnd('.')}";

    /// <summary>Options that may stand in a file: the command's and those of every command.</summary>
    private static IEnumerable<Option> Known(CommandResult given) =>
        given.Command.Options.Concat(CommonOptions.All).Where(option => option is not HelpOption && option != CommonOptions.Config);

    /// <summary>Whether the command line has the option, or one that excludes it.</summary>
    private static bool IsGiven(CommandResult given, ConfigurationEntry entry)
    {
        var group = (given.Command as ToolCommand)?.Alternatives.FirstOrDefault(group => group.Any(option => option.Name == entry.Option));
        return (group ?? Known(given).Where(option => option.Name == entry.Option)).Any(given.Gives);
    }

    private static bool IsOf(SymbolResult? place, Option option) => place is OptionResult result ? result.Option == option : place?.Parent is { } parent && IsOf(parent, option);
}
