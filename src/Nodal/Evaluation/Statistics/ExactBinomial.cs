namespace Nodal.Evaluation.Statistics;

/// <summary>Tails of the binomial distribution, summed term by term: exact p-values, no normal approximation (Clopper and Pearson 1934).</summary>
internal static class ExactBinomial
{
    /// <summary>P(K ≥ successes), K of that many trials with that probability each.</summary>
    /// <param name="successes">0 to the number of trials.</param>
    /// <param name="trials">At least 0.</param>
    /// <param name="probability">In (0, 1).</param>
    public static double AtLeast(int successes, int trials, double probability) => Sum(trials, probability, k => k >= successes);

    /// <summary>P(K ≤ successes).</summary>
    /// <inheritdoc cref="AtLeast"/>
    public static double AtMost(int successes, int trials, double probability) => Sum(trials, probability, k => k <= successes);

    /// <summary>P(|K/n − ½| ≥ |k/n − ½|) where each trial succeeds with ½ + margin: the sign test (Arbuthnot 1710) at margin 0, else the largest p-value of all probabilities within the margin of ½.</summary>
    /// <param name="successes">k.</param>
    /// <param name="trials">n; without trials nothing is surprising and the value is 1.</param>
    /// <param name="margin">ε in [0, ½).</param>
    public static double FarFromHalf(int successes, int trials, double margin)
    {
        var distance = Math.Abs((2 * successes) - trials);   // whole numbers: k and n − k are equally far, whatever rounding does
        return Sum(trials, 0.5 + margin, k => Math.Abs((2 * k) - trials) >= distance);
    }

    private static double Sum(int trials, double probability, Func<int, bool> counts)
    {
        var (success, failure) = (Math.Log(probability), Math.Log(1 - probability));
        double sum = 0;
        double ways = 0;                                     // log of n over k
        for (var k = 0; k <= trials; k++)
        {
            if (counts(k))
            {
                sum += Math.Exp(ways + (k * success) + ((trials - k) * failure));
            }

            ways += Math.Log((double)(trials - k) / (k + 1));
        }

        return Math.Min(1, sum);
    }
}
