using Nodal.Evaluation;

namespace Nodal.Runs;

/// <summary>The circuits of one method at one size of the table, on test pairs; means over its runs.</summary>
/// <param name="Asked">Size asked for, a fraction of all block parameters.</param>
/// <param name="Size">Size of the circuits: the largest of their rankings that are not larger, so less for methods that rank large nodes alone; more where even the smallest is.</param>
/// <param name="Kl">KL(full ‖ circuit), nats.</param>
/// <param name="LowestKl">Of any run.</param>
/// <param name="HighestKl">Of any run.</param>
/// <param name="LogitDifference">Of the circuits.</param>
/// <param name="Accuracy">Of the circuits.</param>
public sealed record MethodCurvePoint(double Asked, double Size, double Kl, double LowestKl, double HighestKl, double LogitDifference, double Accuracy)
{
    /// <summary>Of <see cref="Kl"/>, nats: from the lowest to the highest end of the runs' 95 % bootstrap intervals over pairs; <see langword="null"/> in files of versions without it.</summary>
    public Interval? KlInterval { get; init; }
}
