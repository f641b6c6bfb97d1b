using System.CommandLine;
using Nodal.Discovery;
using Nodal.Runs;

namespace Nodal.Benchmarks;

/// <summary><c>run</c>: a complete ranking run against the published schedule.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model") { Required = true, Description = "id or path" };
        var task = new Option<string>("--task") { DefaultValueFactory = _ => "ioi", Description = "task or pairs file" };
        var pairs = Options.Whole("--pairs", TaskRequest.DefaultPairs, "training pairs, and as many for selection and test");
        var steps = Options.Whole("--steps", new RankingOptions().Steps, "optimisation steps of Nodal's run");
        var repeats = Options.Whole("--repeats", 5, "measurements of the published form's step");
        var threads = Options.Threads();
        var padTo = Options.Whole("--padded", 64, "tokens of the padded published form");
        var command = new Command("run", "A complete ranking run against the published schedule") { model, task, pairs, steps, repeats, threads, padTo };
        command.SetAction(parsed =>
        {
            var settings = new RunSettings
            {
                Model = parsed.GetValue(model)!,
                Task = new TaskRequest { Task = parsed.GetValue(task)!, Pairs = parsed.GetValue(pairs) },
                Ranking = new RankingOptions { Steps = parsed.GetValue(steps) },
                Repeats = parsed.GetValue(repeats),
                Threads = parsed.GetValue(threads),
                PadTo = parsed.GetValue(padTo),
            };
            Console.WriteLine("# A complete run\n");
            MachineReport.Write(settings.Threads);
            new RunReport(settings).Write();
        });
        return command;
    }
}
