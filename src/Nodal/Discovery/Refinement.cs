using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Patching;
using Nodal.Tasks;

namespace Nodal.Discovery;

/// <summary>Betters a selected circuit by a search on hard gates with the true metric.</summary>
/// <remarks>
/// <code>
/// each round, until the runs are used up:
/// 1.  some steps of <see cref="HardGateDescent"/> on training pairs, at the size aimed at
/// 2.  circuits of the new scores, of that size and near it, are run on the selection pairs
/// 3.  the best of them that is better than the best so far takes its place, else nothing does
/// 4.  with a budget of KL, once the rate falls, the size aimed at falls where KL has room and rises where it has none
/// </code>
/// The gradient estimates at all granularities, forward runs on other pairs decide; test pairs are never given to it. The best circuit never gets worse.
/// </remarks>
internal sealed class Refinement(IGateGradient loss, ICircuitRunner runner, IReadOnlyList<EncodedPair> selection, RefinementOptions options, int seed)
{
    /// <summary>Sizes proposed with a budget of KL, of the size aimed at.</summary>
    private static readonly ImmutableArray<double> Proposals = [0.9, 0.95, 1, 1.05, 1.1, 1.15];

    /// <summary>Circuits that a round runs at the most.</summary>
    public static int MostProposals => Proposals.Length;

    /// <summary>The size first aimed at with a budget, of that at which the start would just meet it: a little more than the search is known to gain.</summary>
    private const double Ahead = 0.85;

    /// <summary>How far above the budget KL may be at the size aimed at while the rate is whole: about what it falls by when the scores come to rest.</summary>
    private const double Headroom = 0.35;

    /// <summary>Refines.</summary>
    /// <param name="ranking">Whose scores the search begins with.</param>
    /// <param name="start">The selected circuit.</param>
    /// <param name="goal">What is better.</param>
    /// <param name="taken">Runs that finding the goal has taken, which count too.</param>
    /// <param name="progress">Hears of each round.</param>
    /// <param name="cancellation">Looked at between two runs.</param>
    /// <returns>The best circuit, the moves that led to it, and the runs taken.</returns>
    public Refined Refine(
        Ranking ranking, NodeSet start, RefinementGoal goal, int taken = 0, IProgress<RefinementProgress>? progress = null, CancellationToken cancellation = default)
    {
        var account = new SizeAccount(ranking.Layout);
        var best = Measure(account, [start], cancellation)[0];
        var (runs, step, moves) = (taken + 1, 0, ImmutableArray.CreateBuilder<RefinementMove>());
        var descent = new HardGateDescent(ranking, loss, options);
        var proposals = goal.BoundsKl ? Proposals : [1];
        var size = goal.BoundsKl ? Ahead * Nearer(best.Parameters / account.Total, best.Kl, goal.Budget, most: 0.25) : goal.Parameters / account.Total;
        var rounds = (options.Runs - runs) / (options.StepsPerRound + proposals.Length);
        double Left(int step) => Math.Min(1, 2 * (1 - ((double)step / (rounds * options.StepsPerRound))));
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < options.StepsPerRound; i++, step++)
            {
                cancellation.ThrowIfCancellationRequested();
                descent.Step(size, options.LearningRate * Left(step), StepRandom.Of(~seed, step));
            }

            var family = descent.Ranking;
            var proposed = Measure(account, [.. proposals.Select(share => family.AtSize(Math.Min(1, share * size)))], cancellation);
            runs += options.StepsPerRound + proposed.Length;
            foreach (var candidate in proposed.Where(candidate => goal.Improves(candidate, best)))
            {
                moves.Add(Move(best, candidate, runs));
                best = candidate;
            }

            if (goal.BoundsKl && Left(step) < 1)
            {
                size = Nearer(size, proposed[Proposals.IndexOf(1)].Kl, goal.Budget * (1 + (Headroom * Left(step))), most: 0.05);
            }

            progress?.Report(new RefinementProgress(runs, options.Runs, best.Kl, (long)best.Parameters));
        }

        return new Refined(best.Nodes, moves.ToImmutable(), runs);
    }

    /// <summary>A size at which KL should be nearer to what it may be; −1.4 to −0.5 is what d ln KL / d ln size was seen to be.</summary>
    /// <param name="size">A fraction of all block parameters.</param>
    /// <param name="kl">At that size, nats.</param>
    /// <param name="allowed">What it may be, nats.</param>
    /// <param name="most">Most relative change.</param>
    private static double Nearer(double size, double kl, double allowed, double most) =>
        Math.Min(1, size * Math.Clamp(Math.Pow(kl / Math.Max(allowed, double.Epsilon), 0.7), 1 - most, 1 + most));

    private RefinedCircuit[] Measure(SizeAccount account, NodeSet[] circuits, CancellationToken cancellation)
    {
        var measured = runner.Measure(circuits, selection, cancellation);
        return [.. circuits.Select((circuit, i) => new RefinedCircuit(circuit, account.Parameters(circuit.Gates()), measured[i].Average(pair => pair.Kl)))];
    }

    private static RefinementMove Move(RefinedCircuit from, RefinedCircuit to, int runs)
    {
        var positions = Enumerable.Range(0, from.Nodes.Layout.Count).ToArray();
        return new RefinementMove(
            runs, positions.Count(i => from.Nodes[i] && !to.Nodes[i]), positions.Count(i => !from.Nodes[i] && to.Nodes[i]), (long)Math.Round(to.Parameters), to.Kl);
    }
}
