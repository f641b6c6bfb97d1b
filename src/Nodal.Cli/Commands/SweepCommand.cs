using System.CommandLine;
using Nodal.Cli.CommandLine;
using Nodal.Cli.Output;
using Nodal.Reports;
using Nodal.Runs;
using Nodal.Runtime;

namespace Nodal.Cli.Commands;

/// <summary><c>nodal sweep</c>: many runs, one table, one plot.</summary>
internal static class SweepCommand
{
    private const string None = "none";

    public static Command Create(CommandRunner runner)
    {
        var over = new Option<string[]>("--over")
        {
            Description = "An option of a run and its values; given more than once, every combination is run. Values with commas in them are separated by semicolons",
            HelpName = "KEY=V,V,…",
        };
        var output = new Option<string?>("--out") { Description = "Folder of the sweep; one that this sweep has begun is gone on with. Default runs/sweep-TIME", HelpName = "FOLDER" };
        var reference = new Option<string?>("--reference") { Description = $"A finished run whose curve is drawn into the plot, or {None}; default, where all runs are of the published method on one model and task, a run of the ranking that is made for it", HelpName = "RUN" };
        var command = new ToolCommand(
            "sweep", "Makes a run for every combination of some options' values, and compares them: a table, and a plot of KL against size.",
            "nodal sweep --over keep=0.1,0.2 --over seed=0,1,2 --out runs/sweep",
            "nodal sweep --task ioi --model SmolLM2-135M-Instruct.Q4_1.gguf --over rate=0.03,0.1,0.3 --reference runs/mine",
            "nodal sweep --method paper --over lambda=0.8,0.9,0.95 --over seed=0,1,2",
            "nodal sweep --config sweep.yaml --json");
        command.Add(over);
        new DiscoverSettings().AddTo(command);
        command.Add(output);
        command.Add(reference);
        command.Add(CommonOptions.Config);
        runner.SetAction(command, call => Run(call, [.. (call.Value(over) ?? []).Select(SweptValues.Parse)], call.Value(output), call.Value(reference)));
        return command;
    }

    private static int Run(Invocation call, SweptValues[] over, string? folder, string? reference)
    {
        if (over.Length == 0)
        {
            Throw.Usage("nothing is swept over", found: "no --over", expected: "at least one, such as --over seed=0,1,2", remedy: "Add it");
        }

        var plan = new SweepPlanner(call).Plan(over);
        plan = reference is null ? plan.WithRanking() : plan;
        var result = call.Work(progress => SweepRun.Execute(plan, folder, reference == None ? null : reference, progress, call.Terminal.Time, call.Cancellation));
        SweepReport.Write(result);
        return call.Finish(result, console => SweepSummary.Write(console, result), result.Runs.All(row => row.Failure is null));
    }
}
