using System.Collections.Immutable;

namespace Nodal.Evaluation.Evidence;

/// <summary>The circuits of a ranking by one way to count size, and the areas that sum them up.</summary>
/// <param name="Points">By rising size.</param>
/// <param name="Linear">Areas over size, from .001 to 1, as published: f = 1 everywhere has CPR .999.</param>
/// <param name="Logarithmic">Areas over the logarithm of size, divided by ln 1000: f = 1 everywhere has CPR 1.</param>
public sealed record FaithfulnessFamily(ImmutableArray<FaithfulnessPoint> Points, FaithfulnessArea Linear, FaithfulnessArea Logarithmic);
