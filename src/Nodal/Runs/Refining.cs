using Nodal.Circuits;
using Nodal.Discovery;
using Nodal.Gates;

namespace Nodal.Runs;

/// <summary>Refines the selected circuit of a run.</summary>
internal static class Refining
{
    /// <param name="bench">Model and pairs; the test pairs are not looked at.</param>
    /// <param name="ranking">The trained scores.</param>
    /// <param name="selected">The circuit of them that was selected.</param>
    /// <param name="options">Of the run, with nothing left to choose.</param>
    /// <param name="activations">Where corrupted runs go that are kept in a file.</param>
    /// <param name="progress">News while it works.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static Refined Of(
        Workbench bench, Ranking ranking, NodeSet selected, DiscoverOptions options, string activations, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new RunProgress(RunPhase.Refining, $"at most {options.Refinement.Runs} runs"));
        var (goal, taken) = Goal(bench, selected, options.Choice, cancellation);
        using var loss = bench.Engines.Gradient(options.Engine, bench.Task.Train, activations, cancellation: cancellation);
        var rounds = progress is null ? null : new InOrder<RefinementProgress>(round => progress.Report(new RunProgress(RunPhase.Refining, Round: round)));
        return new Refinement(loss, bench.Runner, bench.Task.Selection, options.Refinement, options.Seed).Refine(ranking, selected, goal, taken, rounds, cancellation);
    }

    /// <returns>What is better, and the runs it took to know: one where the budget is a share of the KL with every node closed.</returns>
    private static (RefinementGoal Goal, int Runs) Goal(Workbench bench, NodeSet selected, SizeChoice choice, CancellationToken cancellation)
    {
        var account = new SizeAccount(bench.Layout);
        if (choice.Keep is not null || choice.Threshold is not null)
        {
            return (RefinementGoal.WithinParameters(Math.Max((choice.Keep ?? 0) * account.Total, account.Parameters(selected.Gates()))), 0);
        }

        if (choice.Budget is { } budget)
        {
            return (RefinementGoal.WithinBudget(budget), 0);
        }

        var closed = bench.Runner.Measure([bench.AllClosed], bench.Task.Selection, cancellation)[0].Average(pair => pair.Kl);
        return (RefinementGoal.WithinBudget(SizeChoice.DefaultShare * closed), 1);
    }
}
