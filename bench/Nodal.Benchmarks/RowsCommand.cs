using System.CommandLine;
using Nodal.Runs;
using Nodal.Runtime;

namespace Nodal.Benchmarks;

/// <summary><c>rows</c>: what a step saves by the positions it leaves out.</summary>
internal static class RowsCommand
{
    private const int Tokens = 20;

    public static Command Create()
    {
        var model = new Option<string?>("--model") { Description = "a model's path, for the common prefix of its tasks' pairs; default none" };
        var tasks = new Option<string[]>("--tasks") { DefaultValueFactory = _ => ["ioi", "gp", "gt", "docstring"], AllowMultipleArgumentsPerToken = true, Description = "tasks of that model" };
        var batch = Options.Whole("--batch", 32, "pairs of a step");
        var repeats = Options.Whole("--repeats", 5, "measurements of each configuration");
        var threads = Options.Threads();
        var sizes = Options.Sizes(1, 0.1);
        var depths = new Option<int[]>("--layers") { DefaultValueFactory = _ => [2, ModelShapes.Gpt2Small.Layers], AllowMultipleArgumentsPerToken = true, Description = "layers of the GPT-2-small-shaped models whose last one is measured" };
        var command = new Command("rows", "Seconds a step saves by the positions it leaves out") { model, tasks, batch, repeats, threads, sizes, depths };
        command.SetAction(parsed =>
        {
            var (count, cores) = (parsed.GetValue(batch), parsed.GetValue(threads));
            Console.WriteLine("# Positions that a step leaves out\n");
            MachineReport.Write(cores);
            var report = new RowsReport(MeasuredEngines.For(CpuFeatures.Current)[^1], parsed.GetValue(sizes)!, parsed.GetValue(repeats));
            var gpt2 = ModelShapes.Gpt2Small;
            report.WriteLastLayer(layers => gpt2 with { Layers = layers }, [.. parsed.GetValue(depths)!.Select(layers => new StepShape(layers, gpt2.Width, Tokens, count, count))], cores);
            if (parsed.GetValue(model) is { } path)
            {
                report.WritePrefix(parsed.GetValue(tasks)!.Select(task => Workloads.Task(path, new TaskRequest { Task = task, Pairs = count }, count, cores)));
            }
        });
        return command;
    }
}
