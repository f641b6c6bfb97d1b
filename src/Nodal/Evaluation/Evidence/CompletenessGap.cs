namespace Nodal.Evaluation.Evidence;

/// <summary>How differently circuit and full model take the loss of the same nodes (Wang et al. 2022, arXiv 2211.00593, section 4).</summary>
/// <param name="Removed">K, in words: <c>heads of layer 3</c>, <c>a0.h3, m2</c>.</param>
/// <param name="Count">Nodes in K.</param>
/// <param name="Circuit">m(C∖K), m the mean logit difference.</param>
/// <param name="Model">m(M∖K), of the same drawn pairs in its interval.</param>
/// <param name="Gap">|m(C∖K) − m(M∖K)|, logits: 0 in a complete circuit.</param>
public sealed record CompletenessGap(string Removed, int Count, Estimate Circuit, Estimate Model, Estimate Gap);
