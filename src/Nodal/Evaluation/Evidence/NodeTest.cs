namespace Nodal.Evaluation.Evidence;

/// <summary>One kept head or block against random nodes from outside.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Effect">Mean squared change of the logit difference when it is left out of the circuit.</param>
/// <param name="Weaker">Random additions whose leaving out changes less.</param>
/// <param name="Reference">Random additions.</param>
/// <param name="PValue">Exact: P(at most as many weaker), each with probability q. A small one says that the node does not matter more than a random one.</param>
/// <param name="CorrectedPValue">Times the number of nodes tested, at most 1.</param>
public sealed record NodeTest(string Node, double Effect, int Weaker, int Reference, double PValue, double CorrectedPValue);
