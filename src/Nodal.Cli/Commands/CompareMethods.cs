using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Nodal.Cli.CommandLine;
using Nodal.Cli.Output;
using Nodal.Discovery;
using Nodal.Reports;
using Nodal.Runs;
using Nodal.Runtime;

namespace Nodal.Cli.Commands;

/// <summary><c>nodal compare --methods</c>: the curves of several methods on one task.</summary>
internal sealed class CompareMethods
{
    private readonly Option<ImmutableArray<DiscoveryMethod>?> _methods = WordOption.List<DiscoveryMethod>("--methods", "Run these methods on one task, and compare what they find at every size");
    private readonly Option<string[]> _over = new("--over") { Description = "Seeds that every method is run with, for means: seed=0,1,2", HelpName = "seed=N,N,…" };
    private readonly Option<string?> _output = new("--out") { Description = "Folder of the methods' runs; one that this comparison has begun is gone on with. Default runs/sweep-TIME", HelpName = "FOLDER" };

    private readonly Option<bool> _areas = new("--areas") { Description = "CPR and CMD of every method too: at most 20 more circuits of each run are measured" };
    private readonly DiscoverSettings _settings = new();

    /// <summary>Examples for the command's help.</summary>
    public static IReadOnlyList<string> Examples { get; } =
    [
        "nodal compare --methods random,attribution-patching,ranking",
        "nodal compare --methods magnitude,ranking --areas",
        "nodal compare --methods integrated-gradients,mattr,ranking --over seed=0,1,2 --sizes 0.05,0.1,0.2 --out runs/methods",
    ];

    /// <summary>Adds the options, those of a run among them; one that none of the methods knows is refused.</summary>
    public void AddTo(ToolCommand command)
    {
        command.Add(_methods);
        command.Add(_over);
        command.Add(_areas);
        _settings.AddTo(command, withMethod: false);
        command.Add(_output);
        command.Add(CommonOptions.Config);
        command.Validators.Add(given =>
        {
            if (IsAskedFor(given))
            {
                _settings.RefuseOthers(given, _methods);
            }
        });
    }

    /// <summary>Whether methods are to be compared.</summary>
    public bool IsAskedFor(CommandResult given) => given.Gives(_methods);

    /// <summary>Refuses options of methods where none are to be compared.</summary>
    public void RefuseAlone(CommandResult given, Option[] others) => OptionOwners.RefuseAlone(given, _methods, [.. given.Given().Except(others)], instead: " in place of the circuits");

    public int Run(Invocation call)
    {
        SweptValues[] over = [.. (call.Value(_over) ?? []).Select(SweptValues.Parse)];
        if (over.FirstOrDefault(swept => swept.Key != "seed") is { } other)
        {
            Throw.Usage("methods are compared over seeds alone", found: $"--over {other.Key}", expected: "--over seed=0,1,2", remedy: "Use nodal sweep for other options");
        }

        ImmutableArray<DiscoveryMethod> methods = call.Value(_methods) ?? [];
        var plan = new SweepPlanner(call).Plan([new SweptValues("method", [.. methods.Select(Words.Of)]), .. over]);
        var result = call.Work(progress => MethodComparison.Execute(plan, call.Value(_output), call.Value(_areas), progress, call.Terminal.Time, call.Cancellation));
        MethodReport.Write(result);
        return call.Finish(result, console => MethodSummary.Write(console, result), result.Runs.All(row => row.Failure is null));
    }
}
