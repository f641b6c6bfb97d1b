namespace Nodal.Evaluation;

/// <summary>Areas under the ROC curve (<see cref="RocArea"/>) of a ranking against what is known: 1 where every needed node is above every other.</summary>
/// <param name="Area">Of heads and MLP blocks together; <see langword="null"/>, as the next two, where all are needed or none is.</param>
/// <param name="Heads">Of heads alone.</param>
/// <param name="MlpBlocks">Of MLP blocks alone.</param>
public sealed record GroundTruthScore(double? Area, double? Heads, double? MlpBlocks);
