using Nodal.Patching;

namespace Nodal.Discovery.Attribution;

/// <summary>The metric of a circuit that was run.</summary>
internal static class PatchedMetric
{
    /// <summary>Mean over pairs; more is better: the logit difference, or KL with its sign turned.</summary>
    public static double Of(AnswerMetric metric, IReadOnlyCollection<PairMetrics> pairs) =>
        metric == AnswerMetric.Kl ? -pairs.Average(pair => pair.Kl) : pairs.Average(pair => pair.LogitDifference);
}
