using System.CommandLine;
using Nodal.Runs;

namespace Nodal.Cli.CommandLine;

/// <summary>How the size of the circuit is chosen.</summary>
internal sealed class SizeOptions
{
    private readonly Option<double?> _keep = NumberOption.Real("--keep", "Size of the circuit: a fraction of all block parameters, above 0 and at most 1", "FRACTION");
    private readonly Option<double?> _budget = NumberOption.Real("--budget", "Largest KL(full ‖ circuit) on selection pairs, nats; the smallest circuit within it is chosen", "NATS");

    public void AddTo(ToolCommand command)
    {
        command.Add(_keep);
        command.Add(_budget);
        command.Alternatives.Add([_keep, _budget]);
    }

    public SizeChoice Choice(Invocation call) => new() { Keep = call.Value(_keep), Budget = call.Value(_budget) };
}
