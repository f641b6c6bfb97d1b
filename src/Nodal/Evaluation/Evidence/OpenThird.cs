namespace Nodal.Evaluation.Evidence;

/// <summary>A circuit with every node of a third of the layers open.</summary>
/// <param name="Third">Which third.</param>
/// <param name="FirstLayer">0-based.</param>
/// <param name="LastLayer">0-based, inclusive.</param>
/// <param name="CircuitSize">Parameters that the circuit itself keeps in these layers over all of theirs.</param>
/// <param name="Result">The opened circuit.</param>
/// <param name="KlDrop">KL of the circuit minus KL of the opened one, nats, pair by pair: how much is missing in these layers.</param>
public sealed record OpenThird(ModelThird Third, int FirstLayer, int LastLayer, double CircuitSize, EvaluationRow Result, Estimate KlDrop);
