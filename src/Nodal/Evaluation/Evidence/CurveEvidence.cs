namespace Nodal.Evaluation.Evidence;

/// <summary>Faithfulness over all sizes of the ranking, as the Mechanistic Interpretability Benchmark measures it (Mueller et al. 2025, arXiv 2504.13151).</summary>
/// <param name="Parameters">Sizes are shares of the parameters of all blocks.</param>
/// <param name="Nodes">Sizes are shares of the number of all nodes.</param>
/// <param name="Runs">Circuits run, each on all test pairs.</param>
public sealed record CurveEvidence(FaithfulnessFamily Parameters, FaithfulnessFamily Nodes, int Runs);
