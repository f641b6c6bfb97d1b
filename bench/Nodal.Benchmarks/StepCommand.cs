using System.CommandLine;
using Nodal.Runs;
using Nodal.Runtime;

namespace Nodal.Benchmarks;

/// <summary><c>step</c>: seconds and peak memory of one step.</summary>
internal static class StepCommand
{
    private const int Tokens = 20;

    public static Command Create()
    {
        var model = new Option<string?>("--model") { Description = "a model's path, measured after the GPT-2-small shape; default none" };
        var shape = new Option<bool>("--gpt2") { DefaultValueFactory = _ => true, Description = "whether the GPT-2-small shape is measured" };
        var task = new Option<string>("--task") { DefaultValueFactory = _ => "ioi", Description = "task of that model" };
        var pairs = Options.Whole("--pairs", 600, "pairs of the task made to pick a batch of one length from");
        var batch = Options.Whole("--batch", 32, "pairs of a step");
        var repeats = Options.Whole("--repeats", 5, "measurements of each configuration");
        var threads = Options.Threads();
        var sizes = Options.Sizes(1, 0.5, 0.2, 0.1, 0.05, 0.02);
        var padTo = Options.Whole("--padded", 64, "tokens of the padded published form");
        var command = new Command("step", "Seconds and peak memory of a step against the published form") { model, shape, task, pairs, batch, repeats, threads, sizes, padTo };
        command.SetAction(parsed =>
        {
            var settings = new StepSettings { Engines = MeasuredEngines.For(CpuFeatures.Current), Sizes = parsed.GetValue(sizes)!, Repeats = parsed.GetValue(repeats), PadTo = parsed.GetValue(padTo) };
            var (count, cores) = (parsed.GetValue(batch), parsed.GetValue(threads));
            Console.WriteLine("# Seconds and memory of a step\n");
            MachineReport.Write(cores);
            var report = new StepReport(settings);
            if (parsed.GetValue(shape))
            {
                using var gpt2 = Gpt2Small(count, cores);
                report.Write(gpt2);
            }

            if (parsed.GetValue(model) is { } path)
            {
                using var workload = Workloads.OneLength(path, new TaskRequest { Task = parsed.GetValue(task)!, Pairs = parsed.GetValue(pairs) }, count, cores);
                report.Write(workload);
            }
        });
        return command;
    }

    private static Workload Gpt2Small(int batch, int threads)
    {
        var config = ModelShapes.Gpt2Small;
        return Workloads.Random("GPT-2 small shape, random weights", config, new StepShape(config.Layers, config.Width, Tokens, batch, batch), threads);
    }
}
