using System.Collections.Immutable;

namespace Nodal.Discovery;

/// <summary>All that training goes on from: with it, another process ends with the same bits.</summary>
/// <param name="Scores">(gates).</param>
/// <param name="FirstMoment">(gates): Adam's mean of gradients.</param>
/// <param name="SecondMoment">(gates): Adam's mean of squared gradients.</param>
/// <param name="History">One entry for each finished step, from the first.</param>
internal sealed record TrainingState(double[] Scores, double[] FirstMoment, double[] SecondMoment, ImmutableArray<TrainingProgress> History)
{
    /// <summary>Of the constants that are trained too; <see langword="null"/> where none are.</summary>
    public ConstantState? Constants { get; init; }

    /// <summary>Finished steps.</summary>
    public int Steps => History.Length;

    /// <summary>Time that training has taken, in all processes.</summary>
    public TimeSpan Elapsed => History.IsEmpty ? TimeSpan.Zero : History[^1].Elapsed;

    /// <summary>Scores and optimiser to go on with: copies of a state's, or new ones where there is none.</summary>
    /// <param name="from">The state, or <see langword="null"/>.</param>
    /// <param name="initial">Makes the first scores.</param>
    /// <param name="optimizer">Makes the optimiser from both moments and the steps so far; default one with Adam's own constants.</param>
    public static (double[] Scores, Adam Optimizer) Start(TrainingState? from, Func<double[]> initial, Func<double[], double[], int, Adam>? optimizer = null)
    {
        optimizer ??= (first, second, step) => new Adam(first, second, step);
        if (from is not null)
        {
            return ([.. from.Scores], optimizer([.. from.FirstMoment], [.. from.SecondMoment], from.Steps));
        }

        var scores = initial();
        return (scores, optimizer(new double[scores.Length], new double[scores.Length], 0));
    }
}
