using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Nodal.Cli.CommandLine;
using Nodal.Cli.Output;
using Nodal.Models;
using Nodal.Runs;
using Nodal.Runtime;
using Nodal.Tasks;
using Spectre.Console;

namespace Nodal.Cli.Commands;

/// <summary><c>nodal task make</c>: pairs of a task as a file.</summary>
internal static class TaskMakeCommand
{
    public static Command Create(CommandRunner runner)
    {
        var task = new Argument<string>("TASK") { Description = $"Task: {string.Join(", ", PromptTasks.All.Select(one => one.Name))}" };
        var model = TargetOptions.Model($"default {EmbeddedModel.Id}. Pairs are made for its tokenizer");
        var pairs = NumberOption.Whole("--pairs", "Pairs in the file");
        var output = new Option<string>("--out") { Description = "File to write, one JSON object a line; replaced where it is there", HelpName = "FILE.jsonl", Required = true };
        var seed = NumberOption.Whole("--seed", "Seed; default 0");
        pairs.Required = true;
        var command = new ToolCommand(
            "make", "Makes pairs of a task for a model's tokenizer and writes them to a file.",
            "nodal task make ioi --model model.gguf --pairs 300 --out ioi.jsonl",
            "nodal task make gp --pairs 100 --seed 1 --out gp.jsonl --json")
        {
            task, model, pairs, output, seed,
        };
        runner.SetAction(command, call => Run(
            call, new TaskRequest { Task = call.Value(task), Pairs = call.Value(pairs), Seed = call.Value(seed) ?? 0 }, call.Value(model) ?? EmbeddedModel.Id, call.Value(output)!));
        return command;
    }

    private static int Run(Invocation call, TaskRequest request, string reference, string path)
    {
        request.Validate();
        if (request.Task == TaskRequest.EveryInput)
        {
            Throw.Usage(
                "a pairs file cannot hold every input of a model, for its answers are outputs and no words", found: $"task '{request.Task}'",
                expected: string.Join(", ", PromptTasks.All.Select(task => task.Name)), remedy: $"Give --task {request.Task} where the pairs are used");
        }

        var (pairs, dropped) = call.Work(reference, (model, progress) =>
        {
            progress?.Report(new RunProgress(RunPhase.MakingTask, request.Task));
            return Make(request, model);
        });
        var file = Path.GetFullPath(path);
        PairsFile.Write(file, pairs.Select(pair => pair.Pair));
        return call.Finish(new { request.Task, Model = reference, Pairs = pairs.Length, File = file, Dropped = dropped }, console => Write(console, pairs.Length, file, dropped));
    }

    /// <summary>As many pairs as asked for: a made task gives them in three equal splits, a file in unequal ones.</summary>
    private static (ImmutableArray<EncodedPair> Pairs, ImmutableArray<DroppedPairs> Dropped) Make(TaskRequest request, LoadedModel model)
    {
        var wanted = request.Pairs!.Value;
        var data = (request with { Pairs = ((wanted - 1) / 3) + 1 }).Load(model);
        if (All(data).Length < wanted)
        {
            data = request.Load(model);
        }

        var pairs = All(data);
        if (pairs.Length < wanted)
        {
            Throw.Input(
                $"the task '{request.Task}' has not as many pairs for this model", found: pairs.Length.ToString(CultureInfo.InvariantCulture),
                expected: wanted.ToString(CultureInfo.InvariantCulture), remedy: "Ask for fewer with --pairs");
        }

        return (pairs[..wanted], data.Dropped);
    }

    private static ImmutableArray<EncodedPair> All(TaskData data) => [.. data.Train, .. data.Selection, .. data.Test];

    private static void Write(IAnsiConsole console, int pairs, string path, ImmutableArray<DroppedPairs> dropped)
    {
        console.Line($"{Figures.Count(pairs, "pair")} written to {path}");
        console.Warnings(dropped.Select(one => one.ToString()));
    }
}
