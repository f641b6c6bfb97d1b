using System.CommandLine;
using System.CommandLine.Help;
using Nodal.Cli.CommandLine;
using Nodal.Cli.Commands;
using Nodal.Cli.Output;

namespace Nodal.Cli;

/// <summary>The command line as a whole: parse, run, turn what happened into an exit code.</summary>
internal static class Tool
{
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static IReadOnlyList<string> Examples { get; } =
        ["nodal discover", "nodal discover --model SmolLM2-135M-Instruct.Q4_1.gguf --task ioi --keep 0.1", "nodal task list"];

    /// <summary>All commands.</summary>
    /// <remarks>Not a <see cref="RootCommand"/>, which takes the name of the assembly.</remarks>
    public static Command Commands(CommandRunner runner)
    {
        var help = new HelpWithExamples(new HelpAction());
        var root = new Command("nodal", "Finds circuits in transformer language models: the smallest set of nodes that still makes the model behave as it does on a task.")
        {
            new HelpOption { Action = help },
            new VersionOption(),
            DiscoverCommand.Create(runner),
            SweepCommand.Create(runner),
            CompareCommand.Create(runner),
            CutCommand.Create(runner),
            EvaluateCommand.Create(runner),
            ShowCommand.Create(runner),
            TaskCommand.Create(runner),
            ModelCommand.Create(runner),
            DoctorCommand.Create(runner),
        };
        root.SetAction(help.Invoke);
        foreach (var option in CommonOptions.All)
        {
            root.Add(option);
        }

        return root;
    }

    public static ParseResult Parse(Command root, IReadOnlyList<string> arguments) => root.Parse(arguments, Parsing);

    public static int Run(IReadOnlyList<string> arguments, Terminal terminal)
    {
        FileSizeSignal.Ignore();
        using var interruption = new Interruption();
        var settings = new InvocationConfiguration
        {
            Output = terminal.Documents, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
        };
        ParseResult? parsed = null;
        try
        {
            parsed = ConfiguredArguments.Parse(Commands(new CommandRunner(terminal, interruption.Token)), arguments);
            return parsed.Errors.Count > 0 ? FaultReport.OfUsage(terminal.Error, parsed) : parsed.Invoke(settings);
        }
        catch (Exception fault)
        {
            // The one place that may catch everything: whatever it is becomes a sentence and an exit code.
            return FaultReport.Of(terminal.Error, fault, parsed?.GetValue(CommonOptions.Verbose) ?? false);
        }
    }
}
