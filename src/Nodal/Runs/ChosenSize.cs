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

        var budget = choice.Budget ?? (SizeChoice.DefaultShare * AllClosedKl(bench, cancellation));
        return new Selection(ranking, bench.Runner, bench.Task.Selection).WithinBudget(budget, cancellation);
    }

    private static double AllClosedKl(Workbench bench, CancellationToken cancellation) =>
        bench.Runner.Measure([bench.AllClosed], bench.Task.Selection, cancellation)[0].Average(pair => pair.Kl);
}
