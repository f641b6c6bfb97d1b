namespace Nodal.Evaluation.Evidence;

/// <summary>A circuit without one of its nodes and all that is below it.</summary>
/// <param name="Node">Its name: <c>a3.h7</c>.</param>
/// <param name="Parameters">Parameters that go with it.</param>
/// <param name="Drop">Logit difference of the circuit minus that without the node, pair by pair: negative where the circuit does better without it.</param>
/// <param name="KlRise">KL without the node minus that of the circuit, nats, pair by pair.</param>
public sealed record LeftOutNode(string Node, long Parameters, Estimate Drop, Estimate KlRise);
