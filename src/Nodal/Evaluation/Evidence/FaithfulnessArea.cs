namespace Nodal.Evaluation.Evidence;

/// <summary>One number for all sizes, by the trapezoid rule (arXiv 2504.13151, section 3).</summary>
/// <param name="Cpr">Circuit performance ratio, the area under f: more is better, and more than the full model's behaviour counts as better still.</param>
/// <param name="Cmd">Circuit–model distance, the area under |1 − f|: 0 is best, and more than the full model's behaviour is as bad as less.</param>
public sealed record FaithfulnessArea(Estimate Cpr, Estimate Cmd);
