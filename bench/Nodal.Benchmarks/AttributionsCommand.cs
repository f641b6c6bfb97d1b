using System.CommandLine;
using Nodal.Discovery;
using Nodal.Models;
using Nodal.Runs;

namespace Nodal.Benchmarks;

/// <summary><c>attributions</c>: how far attributions agree with exact activation patching.</summary>
internal static class AttributionsCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model") { DefaultValueFactory = _ => EmbeddedModel.Id, Description = "id or path" };
        var task = new Option<string>("--task") { DefaultValueFactory = _ => "gp", Description = "task or pairs file" };
        var pairs = Options.Whole("--pairs", 200, "training pairs, which all attributions see");
        var steps = Options.Whole("--steps", AttributionOptions.DefaultSteps(DiscoveryMethod.IntegratedGradients), "points of the path of integrated gradients; twenty times as many draws");
        var threads = Options.Threads();
        var command = new Command("attributions", "Rank correlation of attributions with activation patching, heads and blocks") { model, task, pairs, steps, threads };
        command.SetAction(parsed =>
        {
            Console.WriteLine("# Attributions against activation patching\n");
            MachineReport.Write(parsed.GetValue(threads));
            new AttributionsReport(parsed.GetValue(model)!, new TaskRequest { Task = parsed.GetValue(task)!, Pairs = parsed.GetValue(pairs) }, parsed.GetValue(steps), parsed.GetValue(threads)).Write();
        });
        return command;
    }
}
