using System.CommandLine;
using Nodal.Runs;
using Nodal.Runtime;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>Turns what went wrong into sentences on stderr and an exit code.</summary>
internal static class FaultReport
{
    public const int Failure = 1;
    public const int Usage = 2;
    public const int Interrupted = 130;

    /// <summary>A command line that cannot be read.</summary>
    public static int OfUsage(IAnsiConsole error, ParseResult parsed)
    {
        foreach (var fault in parsed.Errors.Select(fault => fault.Message).Distinct())
        {
            error.Line($"nodal: {fault}");
        }

        error.Line($"Run {PathOf(parsed.CommandResult.Command)} --help for what can be given.");
        return Usage;
    }

    /// <summary>Anything that ended a command.</summary>
    public static int Of(IAnsiConsole error, Exception fault, bool verbose)
    {
        var (run, sweep) = (UnfinishedRun.Of(fault), UnfinishedSweep.Of(fault));
        var (sentence, code) = fault switch
        {
            NodalException { Kind: FaultKind.Usage } usage => (usage.Message, Usage),
            NodalException input => (input.Message, Failure),
            OperationCanceledException => (run is null && sweep is null ? "interrupted; nothing unfinished was left behind." : "interrupted.", Interrupted),
            _ when MemoryShortage.Of(fault) is { } shortage => (shortage.Message, Failure),
            IOException io => ($"reading or writing failed: {FirstLine(io)} Run again with --verbose to see where.", Failure),
            _ => ($"an unexpected fault ended the command: {fault.GetType().Name}: {FirstLine(fault)} Run again with --verbose to see where.", Failure),
        };
        error.Line($"nodal: {sentence}");
        if (sweep is not null)
        {
            error.Line($"The sweep is kept. To go on with it: the same command with --out {PathWord.Of(sweep)}");
        }
        else if (run is not null)
        {
            error.Line($"The run is kept. To go on with it{(fault is OperationCanceledException ? "" : ", once that is mended")}: nodal discover --resume {PathWord.Of(run)}");
        }

        if (verbose && code != Interrupted)
        {
            error.Line(fault.ToString());
        }

        return code;
    }

    private static string FirstLine(Exception fault) => $"{fault.Message.Split('\n')[0].Trim().TrimEnd('.')}.";

    /// <summary>A command as it is called: <c>nodal task make</c>.</summary>
    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : command.Name;
}
