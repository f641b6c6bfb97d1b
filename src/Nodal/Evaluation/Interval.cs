namespace Nodal.Evaluation;

/// <summary>A 95 % confidence interval.</summary>
/// <param name="Low">2.5 % quantile.</param>
/// <param name="High">97.5 % quantile.</param>
public sealed record Interval(double Low, double High);
