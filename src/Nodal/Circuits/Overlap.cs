namespace Nodal.Circuits;

/// <summary>How far some circuits agree on the nodes of one granularity: Jaccard indices, 1 for the same nodes, 0 for none in common.</summary>
/// <param name="Mean">Mean over all pairs of circuits.</param>
/// <param name="Worst">Of the pair that agrees least.</param>
public sealed record Overlap(double Mean, double Worst);
