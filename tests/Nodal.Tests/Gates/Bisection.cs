using Nodal.Gates;

namespace Nodal.Tests.Gates;

/// <summary>The plain way to the threshold of a budget, which the fast one is tested against.</summary>
internal static class Bisection
{
    public static double Find(GateFunction function, SizeAccount account, double[] scores, double budget, double[] gates)
    {
        var margin = double.IsFinite(function.Reach) ? function.Reach : 40 * function.Temperature;
        var (open, closed) = (scores.Min() - margin, scores.Max() + margin);
        var threshold = open;
        for (var halving = 0; ; halving++)
        {
            function.Gates(scores, threshold, gates);
            var excess = account.Fraction(gates) - budget;
            if (Math.Abs(excess) <= 1e-10 || halving == 60)
            {
                return threshold;
            }

            (open, closed) = excess > 0 ? (threshold, closed) : (open, threshold);
            threshold = (open + closed) / 2;
        }
    }
}
