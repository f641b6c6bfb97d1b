using System.CommandLine;
using Nodal.Cli.CommandLine;
using Nodal.Cli.Output;
using Nodal.Comparison;

namespace Nodal.Cli.Commands;

/// <summary><c>nodal compare</c>: how far two circuits or runs agree.</summary>
internal static class CompareCommand
{
    public static Command Create(CommandRunner runner)
    {
        var one = new Argument<string>("A") { Description = "A run folder, or a circuit file" };
        var other = new Argument<string>("B") { Description = "Another" };
        var intersection = SetOption("--intersection", "what both keep");
        var union = SetOption("--union", "what either keeps");
        var difference = SetOption("--difference", "what A keeps and B does not");
        var command = new ToolCommand(
            "compare", "Says how far two circuits agree, and two runs' rankings, and writes what they share as circuits.",
            "nodal compare runs/mine runs/other-seed",
            "nodal compare runs/ioi/circuit-keep-0.05.json runs/gp/circuit-keep-0.05.json --json",
            "nodal compare runs/mine runs/other --intersection shared.json --union either.json --difference mine-alone.json")
        {
            one, other, intersection, union, difference,
        };
        runner.SetAction(command, call => Run(call, new CompareOptions
        {
            One = call.Value(one), Other = call.Value(other), Intersection = call.Value(intersection), Union = call.Value(union), Difference = call.Value(difference),
        }));
        return command;
    }

    private static Option<string?> SetOption(string name, string what) => new(name) { Description = $"File for a circuit of {what}, for nodal evaluate", HelpName = "FILE" };

    private static int Run(Invocation call, CompareOptions options)
    {
        var report = CircuitComparison.Execute(options);
        return call.Finish(report, console => CompareSummary.Write(console, report));
    }
}
