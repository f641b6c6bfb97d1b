namespace Nodal.Evaluation;

/// <summary>95 % bootstrap intervals over pairs of the means in an <see cref="EvaluationRow"/>.</summary>
/// <param name="Kl">Nats.</param>
/// <param name="LogitDifference">Logits.</param>
/// <param name="Accuracy">Share of pairs.</param>
/// <param name="ExactMatch">Share of pairs.</param>
/// <param name="LogitDifferenceShare">Share of the full model's, both drawn again together; <see langword="null"/> where there is none.</param>
/// <param name="AnswerProbability">Probability; <see langword="null"/>, as the next two, in files of versions that did not measure it.</param>
/// <param name="FullLogitDifference">Logits, of the full model.</param>
/// <param name="FullAccuracy">Share of pairs, of the full model.</param>
public sealed record MetricIntervals(
    Interval Kl, Interval LogitDifference, Interval Accuracy, Interval ExactMatch, Interval? LogitDifferenceShare = null, Interval? AnswerProbability = null,
    Interval? FullLogitDifference = null, Interval? FullAccuracy = null);
