using System.CommandLine;
using Nodal.Cli.CommandLine;
using Nodal.Cli.Output;
using Nodal.Runs;

namespace Nodal.Cli.Commands;

/// <summary><c>nodal discover</c>: a complete run.</summary>
internal static class DiscoverCommand
{
    public static Command Create(CommandRunner runner)
    {
        var settings = new DiscoverSettings();
        var output = new Option<string?>("--out") { Description = "Run folder; must not exist or be empty. Default runs/MODEL-TASK-TIME", HelpName = "FOLDER" };
        var threads = NumberOption.Whole("--threads", "Threads, each working on pairs of its own; default all cores");
        var plan = new Option<bool>("--plan") { Description = "Say what memory the run is predicted to need and how it would be made, and stop" };
        var command = new ToolCommand(
            "discover", "Finds the circuit of a task in a model. Without any option: the embedded model and its gendered-pronoun pairs.",
            "nodal discover",
            "nodal discover --model SmolLM2-135M-Instruct.Q4_1.gguf --task ioi --keep 0.1",
            "nodal discover --task pairs.jsonl --selection selection.jsonl --test test.jsonl --budget 0.2 --out runs/mine",
            "nodal discover --steps 100 --pairs 60 --seed 1 --json");
        settings.AddTo(command);
        command.Add(threads);
        command.Add(output);
        command.Add(plan);
        runner.SetAction(command, call => call.Value(plan)
            ? Plan(call, settings.Read(call) with { Threads = call.Value(threads) }, call.Value(output))
            : Run(call, settings.Read(call), call.Value(threads), call.Value(output)));
        return command;
    }

    private static int Plan(Invocation call, DiscoverOptions options, string? folder)
    {
        Invocation.PrepareTorch();
        var plan = DiscoveryRun.Plan(options, folder);
        return call.Finish(plan, console => PlanTable.Write(console, plan));
    }

    private static int Run(Invocation call, DiscoverOptions options, int? threads, string? folder)
    {
        options.Validate();
        Invocation.PrepareTorch();
        using var place = RunPlace.For(folder, options, call.Terminal.Time);
        using var progress = call.Progress();
        var result = DiscoveryRun.Execute(options with { Threads = threads }, place.Folder, progress, call.Terminal.Time, call.Cancellation);
        progress?.Dispose();
        var circuit = FinishedRun.Open(result.Run).CircuitPath;
        return call.Finish(Invocation.With(result, ("circuit", circuit)), console => RunSummary.Write(console, result, circuit));
    }
}
