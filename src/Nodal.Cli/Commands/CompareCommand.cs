using System.CommandLine;
using System.CommandLine.Parsing;
using Nodal.Cli.CommandLine;
using Nodal.Cli.Output;
using Nodal.Comparison;

namespace Nodal.Cli.Commands;

/// <summary><c>nodal compare</c>: how far two circuits or runs agree; with <c>--methods</c>, several methods on one task.</summary>
internal static class CompareCommand
{
    public static Command Create(CommandRunner runner)
    {
        var one = Place("A", "A run folder, or a circuit file");
        var other = Place("B", "Another");
        var intersection = SetOption("--intersection", "what both keep");
        var union = SetOption("--union", "what either keeps");
        var difference = SetOption("--difference", "what A keeps and B does not");
        var methods = new CompareMethods();
        var command = new ToolCommand(
            "compare", "Says how far two circuits agree, and two runs' rankings, and writes what they share as circuits. With --methods: the curves of several methods on one task.",
            [
                "nodal compare runs/mine runs/other-seed",
                "nodal compare runs/ioi/circuit-keep-0.05.json runs/gp/circuit-keep-0.05.json --json",
                "nodal compare runs/mine runs/other --intersection shared.json --union either.json --difference mine-alone.json",
                .. CompareMethods.Examples,
            ])
        {
            one, other, intersection, union, difference,
        };
        methods.AddTo(command);
        command.Validators.Add(given => RefuseMixed(given, methods, [one, other], [intersection, union, difference]));
        runner.SetAction(command, call => methods.IsAskedFor(call.Parsed.CommandResult) ? methods.Run(call) : Run(call, new CompareOptions
        {
            One = call.Value(one)!, Other = call.Value(other)!, Intersection = call.Value(intersection), Union = call.Value(union), Difference = call.Value(difference),
        }));
        return command;
    }

    private static Argument<string?> Place(string name, string what) => new(name) { Description = what, Arity = ArgumentArity.ZeroOrOne };

    private static Option<string?> SetOption(string name, string what) => new(name) { Description = $"File for a circuit of {what}, for nodal evaluate", HelpName = "FILE" };

    /// <summary>Two circuits, or methods: not both, not neither. To the parser, an option that there is not is the name of a circuit.</summary>
    private static void RefuseMixed(CommandResult given, CompareMethods methods, Argument[] places, Option[] sets)
    {
        string[] circuits = [.. places.SelectMany(place => given.GetResult(place)?.Tokens ?? []).Select(token => token.Value)];
        if (circuits.FirstOrDefault(name => name.StartsWith("--", StringComparison.Ordinal)) is { } unknown)
        {
            given.AddError($"nodal compare has no such option: found '{unknown}'; expected one that it has, or the name of a run or circuit file. Correct it, or leave it out.");
        }
        else if (methods.IsAskedFor(given))
        {
            if (circuits.Length > 0 || given.Given().Any(sets.Contains))
            {
                given.AddError("--methods compares methods, two names compare circuits: found both; expected one of them. Leave the other out.");
            }
        }
        else if (circuits.Length < 2)
        {
            given.AddError($"too little to compare: found {(circuits.Length == 0 ? "nothing" : "one circuit")}; expected two runs or circuit files, or --methods with some, such as --methods random,attribution-patching,ranking.");
        }
        else
        {
            methods.RefuseAlone(given, sets);
        }
    }

    private static int Run(Invocation call, CompareOptions options)
    {
        var report = CircuitComparison.Execute(options);
        return call.Finish(report, console => CompareSummary.Write(console, report));
    }
}
