using System.CommandLine;
using Nodal.Cli.CommandLine;
using Nodal.Cli.Output;
using Nodal.Discovery;
using Nodal.Runs;

namespace Nodal.Cli.Commands;

/// <summary><c>nodal cut</c>: another circuit of a finished run.</summary>
internal static class CutCommand
{
    public static Command Create(CommandRunner runner)
    {
        var run = TargetOptions.Run();
        var size = new SizeOptions();
        var output = new Option<string?>("--out") { Description = "File for the circuit; default circuit-keep-0.05.json or the like in the run folder", HelpName = "FILE" };
        var command = new ToolCommand(
            "cut", "Takes a circuit of another size from the ranking of a finished run, without training, and measures it.",
            "nodal cut runs/mine --keep 0.05",
            "nodal cut runs/mine --budget 0.2 --refine --out small.json")
        {
            run,
            output,
        };
        size.AddTo(command);
        command.Validators.Add(size.RefuseAlone);
        runner.SetAction(command, call => Run(call, call.Value(run), size.Choice(call), size.Refinement(call), call.Value(output)));
        return command;
    }

    private static int Run(Invocation call, string run, SizeChoice choice, RefinementOptions refinement, string? output)
    {
        choice.Validate();
        var (result, path) = call.Work(progress => FinishedRun.Open(run).Cut(choice, refinement, output, progress, call.Terminal.Time, call.Cancellation));
        return call.Finish(Invocation.With(result, ("circuit", path)), console => RunSummary.Write(console, result, path));
    }
}
