namespace Nodal.Discovery;

/// <summary>What refinement is after: the fewest parameters within a budget of KL, or the least KL within a number of parameters.</summary>
/// <param name="Budget">Largest KL on selection pairs, nats; <see cref="double.PositiveInfinity"/> for none.</param>
/// <param name="Parameters">Most parameters; <see cref="double.PositiveInfinity"/> for none.</param>
internal readonly record struct RefinementGoal(double Budget, double Parameters)
{
    /// <summary>Fewest parameters within a budget.</summary>
    public static RefinementGoal WithinBudget(double nats) => new(nats, double.PositiveInfinity);

    /// <summary>Least KL within a number of parameters.</summary>
    public static RefinementGoal WithinParameters(double parameters) => new(double.PositiveInfinity, parameters);

    /// <summary>Whether the size is free and KL bound.</summary>
    public bool BoundsKl => double.IsPositiveInfinity(Parameters);

    /// <summary>Whether a circuit is better than another one that meets the goal, and meets it itself.</summary>
    public bool Improves(RefinedCircuit candidate, RefinedCircuit best) =>
        candidate.Kl <= Budget && candidate.Parameters <= Parameters
        && (BoundsKl
            ? candidate.Parameters < best.Parameters || (candidate.Parameters == best.Parameters && candidate.Kl < best.Kl)
            : candidate.Kl < best.Kl || (candidate.Kl == best.Kl && candidate.Parameters < best.Parameters));
}
