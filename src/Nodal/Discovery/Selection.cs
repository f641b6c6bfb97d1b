using Nodal.Circuits;
using Nodal.Patching;
using Nodal.Tasks;

namespace Nodal.Discovery;

/// <summary>Picks the size of a circuit from a ranking on selection pairs.</summary>
internal sealed class Selection(Ranking ranking, ICircuitRunner runner, IReadOnlyList<EncodedPair> pairs)
{
    /// <summary>Sizes tried between two rungs of the ladder, all in one go: what holds no gate is run once for all of them.</summary>
    private const int Between = 15;

    /// <summary>The smallest circuit found whose mean KL is within a budget.</summary>
    /// <remarks>
    /// KL need not fall steadily with size: the smallest size of the ladder that is within the budget is taken, then the smallest of fifteen between it and the next smaller one,
    /// evenly spaced on a logarithmic scale. The whole model, KL 0, ends the ladder, so there is always one.
    /// </remarks>
    /// <param name="budget">Nats.</param>
    /// <param name="cancellation">Between two forward runs.</param>
    public NodeSet WithinBudget(double budget, CancellationToken cancellation = default) => Within(_ => budget, cancellation);

    /// <summary>The same for a budget that is a share of the KL with every node closed.</summary>
    public NodeSet WithinShare(double share, CancellationToken cancellation = default) => Within(allClosed => share * allClosed, cancellation);

    private NodeSet Within(Func<double, double> budgetOf, CancellationToken cancellation)
    {
        var rungs = SizeLadder.Default.Select(ranking.AtSize).ToArray();
        var divergences = Divergences([NodeSet.Empty(ranking.Layout), .. rungs], cancellation);
        var budget = budgetOf(divergences[0]);
        var first = Array.FindIndex(divergences, 1, kl => kl <= budget) - 1;
        if (first == 0)
        {
            return rungs[0];
        }

        var (fits, size, below) = first > 0
            ? (rungs[first], SizeLadder.Default[first], SizeLadder.Default[first - 1])
            : (ranking.AtSize(1), 1, SizeLadder.Default[^1]);
        var between = Enumerable.Range(1, Between).Select(i => ranking.AtSize(below * Math.Pow(size / below, i / (Between + 1.0)))).ToArray();
        var smallest = Array.FindIndex(Divergences(between, cancellation), kl => kl <= budget);
        return smallest >= 0 ? between[smallest] : fits;
    }

    /// <summary>Mean KL of each circuit, nats.</summary>
    private double[] Divergences(NodeSet[] circuits, CancellationToken cancellation) =>
        Array.ConvertAll(runner.Measure(circuits, pairs, cancellation), metrics => metrics.Average(pair => pair.Kl));
}
