using System.CommandLine;
using Nodal.Circuits;
using Nodal.Cli.CommandLine;
using Nodal.Cli.Output;
using Nodal.Runs;
using Spectre.Console;

namespace Nodal.Cli.Commands;

/// <summary><c>nodal show</c>: a circuit as a tree, without its model.</summary>
internal static class ShowCommand
{
    public static Command Create(CommandRunner runner)
    {
        var target = TargetOptions.RunOrCircuit();
        var depth = WordOption.Of<TreeDepth>("--depth", "How far down the tree goes; default heads");
        var command = new ToolCommand(
            "show", "Prints a circuit as a tree of blocks, heads and neurons.",
            "nodal show runs/mine",
            "nodal show runs/mine/circuit-keep-0.05.json --depth neurons")
        {
            target, depth,
        };
        runner.SetAction(command, call => Run(call, call.Value(target), call.Value(depth) ?? TreeDepth.Heads));
        return command;
    }

    private static int Run(Invocation call, string target, TreeDepth depth)
    {
        var path = Directory.Exists(target) ? FinishedRun.Open(target).CircuitPath : Path.GetFullPath(target);
        var document = CircuitFile.ReadAlone(path);
        var layers = LayerContents.Of(document.Nodes.Select(Gates.Node.Parse));
        return call.Finish(CircuitOutline.Of(path, document, layers, depth), console => Write(console, path, document, new CircuitTree(document.Shape, depth).Draw(Title(document), layers)));
    }

    private static void Write(IAnsiConsole console, string path, CircuitDocument document, Tree tree)
    {
        var origin = document.Provenance;
        console.Line($"circuit {path}");
        console.Line($"model {origin.Model}   task {origin.Task}   ablation {origin.Ablation.ToLowerInvariant()}");
        console.Line($"method {origin.Method}, {Figures.Count(origin.Steps, "step")}, seed {origin.Seed}   chosen by {origin.Chosen}   Nodal {origin.NodalVersion}");
        console.Line(string.Join("   ", document.Counts.Select(count => GranularityWords.Of(count.Key, count.Value))));
        console.WriteLine();
        console.Write(tree);
    }

    private static string Title(CircuitDocument document) => $"size {Figures.Share(document.Size)}, {Figures.Count(document.Parameters)} parameters";
}
