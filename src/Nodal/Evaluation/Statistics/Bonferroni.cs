namespace Nodal.Evaluation.Statistics;

/// <summary>Bonferroni's correction (Dunn 1961): of m tests together the chance of any false alarm stays below the level.</summary>
internal static class Bonferroni
{
    /// <summary>The p-values times their number, at most 1: each can be held against the level of all of them.</summary>
    public static double[] Adjust(IReadOnlyList<double> values) => [.. values.Select(value => Math.Min(1, value * values.Count))];
}
