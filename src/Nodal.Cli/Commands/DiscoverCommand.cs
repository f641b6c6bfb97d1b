using System.CommandLine;
using System.CommandLine.Parsing;
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
        var plan = new Option<bool>("--plan") { Description = "Say what memory the run is predicted to need and how it would be made, and stop" };
        var resume = new Option<string?>("--resume") { Description = "Go on with an unfinished run, in its own settings: no other is given with it", HelpName = "RUN" };
        var command = new ToolCommand(
            "discover", "Finds the circuit of a task in a model. Without any option: the embedded model and its gendered-pronoun pairs.",
            "nodal discover",
            "nodal discover --model SmolLM2-135M-Instruct.Q4_1.gguf --task ioi --keep 0.1",
            "nodal discover --task pairs.jsonl --selection selection.jsonl --test test.jsonl --budget 0.2 --out runs/mine",
            "nodal discover --refine",
            "nodal discover --steps 100 --pairs 60 --seed 1 --json",
            "nodal discover --granularities Head,MlpBlock",
            "nodal discover --plan --model SmolLM2-135M-Instruct.Q4_1.gguf --task ioi --memory 6GiB",
            "nodal discover --method paper --task gp",
            "nodal discover --method integrated-gradients --steps 10 --keep 0.2",
            "nodal discover --config run.yaml --seed 1",
            "nodal discover --resume runs/mine");
        settings.AddCheckedTo(command);
        command.Add(output);
        command.Add(CommonOptions.Config);
        command.Add(plan);
        command.Add(resume);
        command.Validators.Add(given => RefuseSettings(given, resume));
        runner.SetAction(command, call =>
        {
            if (call.Value(resume) is { } run)
            {
                return Run(call, progress => DiscoveryRun.Resume(run, progress, call.Terminal.Time, call.Cancellation));
            }

            var options = settings.Read(call);
            return call.Value(plan) ? Plan(call, options, call.Value(output)) : Run(call, options, call.Value(output));
        });
        return command;
    }

    private static int Plan(Invocation call, DiscoverOptions options, string? folder)
    {
        var plan = call.Work(_ => DiscoveryRun.Plan(options, folder));
        return call.Finish(plan, console => PlanTable.Write(console, plan));
    }

    /// <summary>A run goes on in the settings it has: any other would not end with its bits.</summary>
    private static void RefuseSettings(CommandResult given, Option resume)
    {
        if (given.GetResult(resume) is null)
        {
            return;
        }

        var others = given.Given().Where(option => option != resume).Select(option => option.Name).ToArray();
        if (others.Length > 0)
        {
            given.AddError($"--resume goes on in the settings of the run: found {string.Join(", ", others)}; expected none beside --json, --quiet, --verbose. Leave them out.");
        }
    }

    private static int Run(Invocation call, DiscoverOptions options, string? folder)
    {
        options.Validate();
        return Run(call, progress => DiscoveryRun.Execute(options, folder, progress, call.Terminal.Time, call.Cancellation));
    }

    private static int Run(Invocation call, Func<ProgressLines?, RunResult> work)
    {
        var result = call.Work(work);
        var circuit = result.CircuitPath!;
        return call.Finish(Invocation.With(result, ("circuit", circuit)), console => RunSummary.Write(console, result, circuit));
    }
}
