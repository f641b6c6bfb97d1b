namespace Nodal.Evaluation.Evidence;

/// <summary>The circuit of one size.</summary>
/// <param name="Size">The size asked for; the circuit is the largest of the ranking that is not larger, or all nodes closed where there is none.</param>
/// <param name="ParameterShare">Its parameters over those of all blocks.</param>
/// <param name="NodeShare">Its nodes over all nodes.</param>
/// <param name="Faithfulness">f = (m(circuit) − m(all closed)) / (m(full) − m(all closed)), m the mean logit difference.</param>
/// <param name="Kl">KL(full ‖ circuit), nats.</param>
public sealed record FaithfulnessPoint(double Size, double ParameterShare, double NodeShare, Estimate Faithfulness, Estimate Kl);
