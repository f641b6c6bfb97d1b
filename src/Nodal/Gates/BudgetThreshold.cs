using System.Numerics.Tensors;

namespace Nodal.Gates;

/// <summary>Finds the one threshold at which the expected size meets a budget.</summary>
public static class BudgetThreshold
{
    private const int Halvings = 60;
    private const double Tolerance = 1e-10;

    /// <summary>Bisection on τ; the expected size falls monotonically in it.</summary>
    /// <param name="function">How gates follow from scores.</param>
    /// <param name="account">How size follows from gates.</param>
    /// <param name="scores">(gates).</param>
    /// <param name="budget">Wanted size, as a fraction of all block parameters, in (0, 1].</param>
    /// <param name="gates">(gates), overwritten with the gates at the threshold.</param>
    /// <returns>τ; the size there is the budget to 1e-10, or the nearest to it a threshold gives.</returns>
    public static double Find(GateFunction function, SizeAccount account, ReadOnlySpan<double> scores, double budget, Span<double> gates)
    {
        // Beyond these every gate is saturated; without a stretch 40 temperatures are as good as saturated.
        var margin = double.IsFinite(function.Reach) ? function.Reach : 40 * function.Temperature;
        var open = TensorPrimitives.Min(scores) - margin;
        var closed = TensorPrimitives.Max(scores) + margin;
        var threshold = open;
        for (var halving = 0; ; halving++)
        {
            function.Gates(scores, threshold, gates);
            var excess = account.Fraction(gates) - budget;
            if (Math.Abs(excess) <= Tolerance || halving == Halvings)
            {
                return threshold;
            }

            if (excess > 0)
            {
                open = threshold;
            }
            else
            {
                closed = threshold;
            }

            threshold = (open + closed) / 2;
        }
    }
}
