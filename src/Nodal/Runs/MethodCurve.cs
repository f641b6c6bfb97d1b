using System.Collections.Immutable;

namespace Nodal.Runs;

/// <summary>What one method has found at every size.</summary>
/// <param name="Method">As results name it.</param>
/// <param name="Runs">Runs that the points are means of.</param>
/// <param name="Seconds">Mean wall time of a run, evaluation included.</param>
/// <param name="MeanKl">Mean of the points' KL, nats.</param>
/// <param name="Points">By rising size.</param>
public sealed record MethodCurve(string Method, int Runs, double Seconds, double MeanKl, ImmutableArray<MethodCurvePoint> Points)
{
    /// <summary>CPR and CMD; <see langword="null"/> where they were not asked for, or where closing every node takes no behaviour away.</summary>
    public MethodAreas? Areas { get; init; }
}
