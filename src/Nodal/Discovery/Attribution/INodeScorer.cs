namespace Nodal.Discovery.Attribution;

/// <summary>Scores nodes without training: one way of ranking them.</summary>
internal interface INodeScorer
{
    /// <summary>Scores of all nodes; a higher one closes later, one of +∞ never by itself.</summary>
    /// <returns>(gates).</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    double[] Score(ScoringSetting setting);
}
