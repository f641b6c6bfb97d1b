using Nodal.Discovery;
using Nodal.Evaluation.Evidence;

namespace Nodal.Runs;

/// <summary>News of a run.</summary>
/// <param name="Phase">What it is doing.</param>
/// <param name="Note">A sentence part for people: how many pairs, how large the model.</param>
/// <param name="Step">The step just finished, while training.</param>
/// <param name="Round">The round just finished, while refining.</param>
/// <param name="Evidence">How far a part of the evidence has come.</param>
public sealed record RunProgress(RunPhase Phase, string Note = "", TrainingProgress? Step = null, RefinementProgress? Round = null, EvidenceProgress? Evidence = null)
{
    /// <summary>How far it has come, while nodes are scored without training.</summary>
    public ScoringProgress? Scoring { get; init; }
}
