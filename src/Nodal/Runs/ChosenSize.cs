using Nodal.Circuits;
using Nodal.Discovery;

namespace Nodal.Runs;

/// <summary>Turns a choice of size into a circuit of a ranking.</summary>
internal static class ChosenSize
{
    /// <returns>The circuit, chosen without a look at test pairs.</returns>
    public static NodeSet Of(Workbench bench, Ranking ranking, SizeChoice choice, CancellationToken cancellation)
    {
        if (choice.Keep is { } keep)
        {
            return ranking.AtSize(keep);
        }

        if (choice.Threshold is { } threshold)
        {
            return ranking.Above(threshold);
        }

        var selection = new Selection(ranking, bench.Runner, bench.Task.Selection);
        return choice.Budget is { } budget ? selection.WithinBudget(budget, cancellation) : selection.WithinShare(SizeChoice.DefaultShare, cancellation);
    }
}
