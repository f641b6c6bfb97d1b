using System.Collections.Immutable;

namespace Nodal.Evaluation.Evidence;

/// <summary>Backward elimination, largest nodes first: what can go from a circuit together.</summary>
/// <param name="Removed">Names of the nodes that went, in that order.</param>
/// <param name="RemovedShare">Their parameters over the circuit's; 0 in an empty circuit.</param>
/// <param name="Result">What is left, on all test pairs.</param>
public sealed record Elimination(ImmutableArray<string> Removed, double RemovedShare, EvaluationRow Result);
