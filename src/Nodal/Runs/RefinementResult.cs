using System.Collections.Immutable;
using Nodal.Discovery;
using Nodal.Evaluation;

namespace Nodal.Runs;

/// <summary>What refinement did to the selected circuit; also <c>refinement.json</c>.</summary>
/// <param name="Before">The selected circuit on test pairs.</param>
/// <param name="After">The refined circuit on test pairs: the chosen one.</param>
/// <param name="Runs">Runs taken.</param>
/// <param name="Moves">Each change that forward runs on selection pairs have confirmed.</param>
public sealed record RefinementResult(EvaluationRow Before, EvaluationRow After, int Runs, ImmutableArray<RefinementMove> Moves);
