using System.Collections.Immutable;

namespace Nodal.Evaluation.Evidence;

/// <summary>Backward elimination, largest nodes first: what can go from a circuit together.</summary>
/// <remarks>Backward elimination as of features (Marill and Green 1963, IEEE Trans. Inf. Theory 9:11-17), in one pass; the order, by parameters in place of the effect on the measure, and what counts as no loss are Nodal's own (<see cref="Minimality"/>).</remarks>
/// <param name="Removed">Names of the nodes that went, in that order.</param>
/// <param name="RemovedShare">Their parameters over the circuit's; 0 in an empty circuit.</param>
/// <param name="Result">What is left, on all test pairs.</param>
public sealed record Elimination(ImmutableArray<string> Removed, double RemovedShare, EvaluationRow Result);
