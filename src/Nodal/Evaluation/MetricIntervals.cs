namespace Nodal.Evaluation;

/// <summary>95 % bootstrap intervals over pairs of the circuit's means in an <see cref="EvaluationRow"/>.</summary>
/// <param name="Kl">Nats.</param>
/// <param name="LogitDifference">Logits.</param>
/// <param name="Accuracy">Share of pairs.</param>
/// <param name="ExactMatch">Share of pairs.</param>
public sealed record MetricIntervals(Interval Kl, Interval LogitDifference, Interval Accuracy, Interval ExactMatch);
