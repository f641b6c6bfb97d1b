namespace Nodal.Evaluation.Evidence;

/// <summary>A circuit under one change.</summary>
/// <param name="Kind">What is changed.</param>
/// <param name="Change">How, in words.</param>
/// <param name="Row">The circuit, and beside it the full model under the same change; KL is from that.</param>
/// <param name="Retrained">Whether the circuit is not the one in question but one of its size, trained for this row.</param>
public sealed record RobustnessRow(RobustnessKind Kind, string Change, EvaluationRow Row, bool Retrained = false);
