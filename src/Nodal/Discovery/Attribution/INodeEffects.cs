namespace Nodal.Discovery.Attribution;

/// <summary>Says of each node what it does for the metric, exactly or by an estimate.</summary>
internal interface INodeEffects
{
    /// <summary>What the metric loses when a node alone is closed, or an estimate of it: above 0 for a node that serves the behaviour. Of granularities that are not scored, anything.</summary>
    /// <returns>(gates), in the units of the metric.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    double[] Effects(ScoringSetting setting);
}
