using System.Numerics.Tensors;

namespace Nodal.Gates;

/// <summary>Finds the one threshold at which the expected size meets a budget.</summary>
internal static class BudgetThreshold
{
    private const double Tolerance = 1e-10;

    /// <summary>The smallest size told apart from none, as a part of the budget: the logarithm of none is no number to interpolate with.</summary>
    private const double Nothing = 1e-6;

    /// <summary>Thresholds so near, in temperatures, give one size: over a whole temperature it changes by a few times the total at most.</summary>
    private const double Indistinguishable = 1e-12;

    /// <summary>A bracketed search for the root of ln(size / budget), which is nearly straight in τ where the size itself bends; it falls monotonically.</summary>
    /// <param name="function">How gates follow from scores.</param>
    /// <param name="account">How size follows from gates.</param>
    /// <param name="scores">(gates); infinite for gates that are always 1, of which not all may be.</param>
    /// <param name="budget">Wanted size, as a fraction of all block parameters, in (0, 1].</param>
    /// <param name="gates">(gates), overwritten with the gates at the threshold.</param>
    /// <returns>τ; the size there is the budget to 1e-10, or the nearest to it a threshold gives.</returns>
    public static double Find(GateFunction function, SizeAccount account, ReadOnlySpan<double> scores, double budget, Span<double> gates)
    {
        var (open, closed) = Ends(function, scores);
        var (threshold, excess) = budget >= 0.5 ? (open, 1 - budget) : (closed, -budget);
        var bracket = new RootBracket((open, -Math.Log(budget)), (closed, Math.Log(Nothing)), narrowest: Indistinguishable * function.Temperature);
        var next = double.NaN;
        while (Math.Abs(excess) > Tolerance && !double.IsNaN(bracket.Next))
        {
            next = bracket.Next;
            function.Gates(scores, next, gates);
            var size = account.Fraction(gates);
            if (Math.Abs(size - budget) < Math.Abs(excess))
            {
                (threshold, excess) = (next, size - budget);
            }

            bracket.Add(Math.Log(Math.Max(size / budget, Nothing)));
        }

        if (next != threshold)
        {
            function.Gates(scores, threshold, gates);
        }

        return threshold;
    }

    /// <summary>A threshold at which every gate is 1 and one at which every gate is 0, but for those that are always 1.</summary>
    private static (double Open, double Closed) Ends(GateFunction function, ReadOnlySpan<double> scores)
    {
        // Without a stretch 40 temperatures are as good as saturated. A little more of either, or the next number, so that no rounding leaves a gate between.
        var margin = 1.001 * (double.IsFinite(function.Reach) ? function.Reach : 40 * function.Temperature);
        return (Math.BitDecrement(TensorPrimitives.Min(scores) - margin), Math.BitIncrement(LargestFinite(scores) + margin));
    }

    private static double LargestFinite(ReadOnlySpan<double> scores)
    {
        var largest = TensorPrimitives.Max(scores);
        if (double.IsFinite(largest))
        {
            return largest;
        }

        largest = double.NegativeInfinity;
        foreach (var score in scores)
        {
            largest = double.IsFinite(score) ? Math.Max(largest, score) : largest;
        }

        return largest;
    }
}
