namespace Nodal.Evaluation;

/// <summary>Area under the ROC curve: the chance that a positive drawn at random has a higher score than a negative drawn at random, ties counted half.</summary>
/// <remarks>The Mann-Whitney statistic U over the number of pairs (Hanley and McNeil 1982, Radiology 143:29-36).</remarks>
internal static class RocArea
{
    /// <summary>The area, from 0 (every positive below every negative) to 1 (above); .5 where scores say nothing.</summary>
    /// <param name="scores">One for each; may be infinite.</param>
    /// <param name="positive">Which are positives; at least one is, and at least one is not.</param>
    /// <exception cref="ArgumentException">There is no positive or no negative, or counts differ.</exception>
    public static double Of(IReadOnlyList<double> scores, IReadOnlyList<bool> positive)
    {
        if (scores.Count != positive.Count || !positive.Contains(true) || !positive.Contains(false))
        {
            throw new ArgumentException($"{scores.Count} scores, {positive.Count(one => one)} positives and {positive.Count(one => !one)} negatives", nameof(positive));
        }

        var above = scores.Where((_, i) => positive[i]).ToArray();
        var below = scores.Where((_, i) => !positive[i]).ToArray();
        return above.Average(high => below.Average(low => high > low ? 1 : high == low ? 0.5 : 0));
    }
}
