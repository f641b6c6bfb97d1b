using System.Collections.Immutable;

namespace Nodal.Discovery;

/// <summary>All that training goes on from: with it, another process ends with the same bits.</summary>
/// <param name="Scores">(gates).</param>
/// <param name="FirstMoment">(gates): Adam's mean of gradients.</param>
/// <param name="SecondMoment">(gates): Adam's mean of squared gradients.</param>
/// <param name="History">One entry for each finished step, from the first.</param>
internal sealed record TrainingState(double[] Scores, double[] FirstMoment, double[] SecondMoment, ImmutableArray<RankingProgress> History)
{
    /// <summary>Finished steps.</summary>
    public int Steps => History.Length;

    /// <summary>Time that training has taken, in all processes.</summary>
    public TimeSpan Elapsed => History.IsEmpty ? TimeSpan.Zero : History[^1].Elapsed;
}
