using System.Collections.Immutable;

namespace Nodal.Evaluation.Evidence;

/// <summary>How a method does on one compiled transformer.</summary>
/// <param name="Model">Its id.</param>
/// <param name="Needed">Names of the heads and MLP blocks it needs: <c>a3.h0</c>.</param>
/// <param name="Score">How well the method's ranking tells them from the others.</param>
public sealed record GroundTruthRow(string Model, ImmutableArray<string> Needed, GroundTruthScore Score);
