using System.CommandLine;
using System.Globalization;
using Nodal.Discovery;
using Nodal.Runs;
using Nodal.Runtime;

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
            : int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var runs) ? runs
            : NumberOption.Refuse<int?>(result, "--refine", "a whole number, such as 400"),
    };

    private readonly Option<int?> _batch = NumberOption.Whole(
        "--refine-batch", $"Pairs per gradient of that search; default {new RefinementOptions().BatchSize}; fewer are quicker on a large model");

    public void AddTo(ToolCommand command)
    {
        command.Add(_keep);
        command.Add(_budget);
        command.Add(_refine);
        command.Add(_batch);
        command.Alternatives.Add([_keep, _budget]);
    }

    /// <summary>How it is refined.</summary>
    public RefinementOptions Refinement(Invocation call)
    {
        var (options, batch) = (new RefinementOptions(), call.Value(_batch));
        if (call.Parsed.GetResult(_refine) is not null)
        {
            return options with { Runs = call.Value(_refine) ?? RefinementOptions.DefaultRuns, BatchSize = batch ?? options.BatchSize };
        }

        if (batch is not null)
        {
            Throw.Usage("--refine-batch needs the search it is of", found: "no --refine", expected: "both of them", remedy: "Give --refine, or leave --refine-batch out");
        }

        return options;
    }

    public SizeChoice Choice(Invocation call) => new() { Keep = call.Value(_keep), Budget = call.Value(_budget) };
}
