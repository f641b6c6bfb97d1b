using Nodal.Circuits;
using Nodal.Patching;
using Nodal.Tasks;

namespace Nodal.Discovery;

/// <summary>Picks the size of a circuit from a ranking on selection pairs (DESIGN.md §5.2).</summary>
internal sealed class Selection(Ranking ranking, ICircuitRunner runner, IReadOnlyList<EncodedPair> pairs)
{
    private const int Halvings = 5;

    /// <summary>The smallest circuit found whose mean KL is within a budget.</summary>
    /// <remarks>
    /// KL need not fall steadily with size: the smallest size of the ladder that is within the budget is taken, then the gap to the next smaller one is
    /// halved five times on a logarithmic scale. The whole model, KL 0, ends the ladder, so there is always one.
    /// </remarks>
    /// <param name="budget">Nats.</param>
    /// <param name="cancellation">Between two forward runs.</param>
    public NodeSet WithinBudget(double budget, CancellationToken cancellation = default)
    {
        double[] ladder = [.. SizeLadder.Default, 1.0];
        var rungs = Array.ConvertAll(ladder, ranking.AtSize);
        var divergences = Divergences(rungs, cancellation);
        var first = Array.FindIndex(divergences, kl => kl <= budget);
        var best = rungs[first < 0 ? ^1 : first];
        if (first <= 0)
        {
            return best;
        }

        var (tooSmall, fits) = (ladder[first - 1], ladder[first]);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = Math.Sqrt(tooSmall * fits);
            var circuit = ranking.AtSize(middle);
            if (Divergences([circuit], cancellation)[0] <= budget)
            {
                (fits, best) = (middle, circuit);
            }
            else
            {
                tooSmall = middle;
            }
        }

        return best;
    }

    /// <summary>Mean KL of each circuit, nats.</summary>
    private double[] Divergences(NodeSet[] circuits, CancellationToken cancellation) =>
        Array.ConvertAll(runner.Measure(circuits, pairs, cancellation), metrics => metrics.Average(pair => pair.Kl));
}
