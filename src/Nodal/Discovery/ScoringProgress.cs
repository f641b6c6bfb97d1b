namespace Nodal.Discovery;

/// <summary>How far the scoring of nodes has come.</summary>
/// <param name="Done">Parts done: batches forward and back, or circuits run.</param>
/// <param name="Of">Parts in all.</param>
public sealed record ScoringProgress(int Done, int Of);
