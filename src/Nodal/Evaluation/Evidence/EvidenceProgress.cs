namespace Nodal.Evaluation.Evidence;

/// <summary>News of one part of the evidence.</summary>
/// <param name="Part">Which.</param>
/// <param name="Runs">Circuits run so far, each on all pairs it is run on.</param>
/// <param name="Of">Circuits the part will run at most.</param>
public sealed record EvidenceProgress(EvidencePart Part, int Runs, int Of);
