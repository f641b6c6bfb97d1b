using System.CommandLine;
using Nodal.Cli.CommandLine;
using Nodal.Cli.Output;
using Nodal.Evaluation;
using Nodal.Models;
using Nodal.Runs;
using Spectre.Console;

namespace Nodal.Cli.Commands;

/// <summary><c>nodal task check</c>: can the model do the task at all.</summary>
internal static class TaskCheckCommand
{
    public static Command Create(CommandRunner runner)
    {
        var task = TargetOptions.TaskArgument();
        var model = TargetOptions.Model($"default {EmbeddedModel.Id}, the embedded one");
        var pairs = NumberOption.Whole("--pairs", "Pairs to look at, at most; default 600 of a made task, else all");
        var seed = NumberOption.Whole("--seed", "Seed of a made task; default 0");
        var command = new ToolCommand(
            "check", "Says whether a model can do a task, and whether the corrupted prompts take the behaviour away.",
            "nodal task check gp",
            "nodal task check pairs.jsonl --model model.gguf --json")
        {
            task, model, pairs, seed,
        };
        runner.SetAction(command, call => Run(
            call, new TaskRequest { Task = call.Value(task), Pairs = call.Value(pairs), Seed = call.Value(seed) ?? 0 }, call.Value(model) ?? EmbeddedModel.Id));
        return command;
    }

    private static int Run(Invocation call, TaskRequest request, string reference)
    {
        request.Validate();
        var check = call.Work(reference, (model, progress) =>
        {
            progress?.Report(new RunProgress(RunPhase.MakingTask, request.Task));
            return TaskChecking.Execute(model, request, call.Cancellation);
        });
        var document = Invocation.With(check, ("task", request.Task), ("model", reference));
        return call.Finish(document, console => Write(console, request.Task, reference, check));
    }

    private static void Write(IAnsiConsole console, string task, string model, TaskCheck check)
    {
        console.Line($"task {task}   model {model}   {Figures.Count(check.Pairs, "pair")}");
        console.Facts(
        [
            ("accuracy", Figures.Share(check.Accuracy)),
            ("logit difference, clean prompts", Figures.Logits(check.LogitDifference)),
            ("logit difference, corrupted prompts", Figures.Logits(check.CorruptedLogitDifference)),
            ("KL(clean ‖ corrupted), nats", Figures.Nats(check.CorruptionKl)),
        ]);
        console.Warnings(check.Warnings);
    }
}
