using System.CommandLine;
using System.CommandLine.Parsing;
using Nodal.Discovery;
using Nodal.Runs;

namespace Nodal.Cli.CommandLine;

/// <summary>How the size of the circuit is chosen.</summary>
internal sealed class SizeOptions
{
    private readonly Option<double?> _keep = NumberOption.Real("--keep", "Size of the circuit: a fraction of all block parameters, above 0 and at most 1", "FRACTION");
    private readonly Option<double?> _budget = NumberOption.Real("--budget", "Largest KL(full ‖ circuit) on selection pairs, nats; the smallest circuit within it is chosen", "NATS");

    private readonly Option<int?> _refine = new("--refine")
    {
        Description = $"Better the circuit after that by a search on hard gates, in at most so many runs; default {RefinementOptions.DefaultRuns} where no number is given, no search without the option",
        HelpName = "RUNS",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result => result.Tokens is [] ? RefinementOptions.DefaultRuns
            : NumberOption.ParseWhole(result.Tokens[0].Value) ?? NumberOption.Refuse<int?>(result, "--refine", "a whole number, such as 400"),
    };

    private readonly Option<int?> _batch = NumberOption.Whole(
        "--refine-batch", $"Pairs per gradient of that search; default {new RefinementOptions().BatchSize}; fewer are quicker on a large model");

    /// <summary>Adds the options alone: in a command that makes several runs, they may be swept over.</summary>
    public void AddTo(ToolCommand command)
    {
        command.Add(_keep);
        command.Add(_budget);
        command.Add(_refine);
        command.Add(_batch);
        command.Alternatives.Add([_keep, _budget]);
    }

    /// <summary>Refuses what says nothing of a circuit that is not refined.</summary>
    public void RefuseAlone(CommandResult given) => OptionOwners.RefuseAlone(given, _refine, [_batch]);

    /// <summary>How it is refined.</summary>
    public RefinementOptions Refinement(Invocation call)
    {
        var options = new RefinementOptions();
        return call.Parsed.GetResult(_refine) is null
            ? options : options with { Runs = call.Value(_refine) ?? RefinementOptions.DefaultRuns, BatchSize = call.Value(_batch) ?? options.BatchSize };
    }

    public SizeChoice Choice(Invocation call) => new() { Keep = call.Value(_keep), Budget = call.Value(_budget) };
}
