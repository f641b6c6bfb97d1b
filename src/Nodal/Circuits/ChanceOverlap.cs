namespace Nodal.Circuits;

/// <summary>The Jaccard index that sets drawn at random have, and what is left of an index beyond it.</summary>
/// <remarks>
/// Of two random sets of a and b among n nodes, the number k in common is hypergeometric, and k / (a + b − k) its Jaccard index. Corrected for chance as Hubert and Arabie (1985, J. Classification
/// 2:193-218) do for partitions: (J − E[J]) / (1 − E[J]), 0 for chance, 1 for the same sets.
/// </remarks>
internal static class ChanceOverlap
{
    /// <summary>E[J] of random sets; 1 where both are empty.</summary>
    /// <param name="population">n.</param>
    /// <param name="one">a.</param>
    /// <param name="other">b.</param>
    public static double Expected(int population, int one, int other)
    {
        if (one + other == 0)
        {
            return 1;
        }

        // Logarithms of P(k) up to a constant, each from the one before: P(k + 1) / P(k) = (a − k)(b − k) / ((k + 1)(n − a − b + k + 1)).
        var first = Math.Max(0, one + other - population);
        var logs = new double[Math.Min(one, other) - first + 1];
        for (var i = 1; i < logs.Length; i++)
        {
            double k = first + i - 1;
            logs[i] = logs[i - 1] + Math.Log((one - k) * (other - k) / ((k + 1) * (population - one - other + k + 1)));
        }

        var largest = logs.Max();
        var weights = Array.ConvertAll(logs, log => Math.Exp(log - largest));
        return weights.Select((weight, i) => weight * (first + i) / (one + other - first - i)).Sum() / weights.Sum();
    }

    /// <summary>The index corrected for chance, or <see langword="null"/> where chance alone gives 1.</summary>
    public static double? Corrected(double jaccard, double expected) => expected < 1 - 1e-12 ? (jaccard - expected) / (1 - expected) : null;
}
