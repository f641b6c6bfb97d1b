using Nodal.Evaluation.Statistics;

namespace Nodal.Evaluation.Evidence;

/// <summary>One control beside the circuit, on the same pairs.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Row">What its circuit does.</param>
/// <param name="Share">Its faithfulness over the circuit's (<see cref="ShareOf"/>); <see langword="null"/> where the circuit is no more faithful than the model with every node closed.</param>
/// <param name="Close">Whether it is a control, not the run again, and its share is at least <see cref="CloseShare"/>; of a trained control, at least that part of the share of the run again in as many steps, where this is .5 to 1.</param>
public sealed record ControlRow(ControlKind Kind, EvaluationRow Row, double? Share, bool Close)
{
    /// <summary>Share of the circuit's faithfulness from which on a control comes close: a half.</summary>
    public const double CloseShare = 0.5;

    /// <summary>95 % bootstrap interval of <see cref="Share"/> over pairs, all three KLs of the same drawn pairs; <see langword="null"/> where there is no share.</summary>
    public Interval? ShareInterval { get; init; }

    /// <summary>One faithfulness over another: what a circuit takes away of the KL of the model with every node closed, over what the circuit in question takes away.</summary>
    /// <remarks>
    /// Nodal's own: the Mechanistic Interpretability Benchmark's f (Mueller et al. 2025, arXiv 2504.13151, section 3), which is of the logit difference and of the full model, with KL in its place and the circuit in question in that of the model.
    /// </remarks>
    /// <param name="kl">Mean KL of the one.</param>
    /// <param name="circuit">Mean KL of the circuit in question.</param>
    /// <param name="allClosed">Mean KL with every node closed.</param>
    /// <returns>1 for the circuit itself, 0 for the closed model, below 0 for worse; <see langword="null"/> where the circuit takes nothing away.</returns>
    public static double? ShareOf(double kl, double circuit, double allClosed) => Rounded.Compare(allClosed, circuit) > 0 ? (allClosed - kl) / (allClosed - circuit) : null;

    /// <summary>The interval of <see cref="ShareOf"/>.</summary>
    /// <param name="kl">(pairs): of the one.</param>
    /// <param name="circuit">(pairs): of the circuit in question.</param>
    /// <param name="allClosed">(pairs): with every node closed.</param>
    /// <param name="seed">Of the bootstrap.</param>
    internal static Interval? IntervalOf(double[] kl, double[] circuit, double[] allClosed, int seed) => Estimate.Of(
        kl.Length, seed, drawn => [ShareOf(drawn.Average(pair => kl[pair]), drawn.Average(pair => circuit[pair]), drawn.Average(pair => allClosed[pair])) ?? double.NaN])[0]?.Interval;

    /// <summary>A control that has been measured.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="row">What its circuit does.</param>
    /// <param name="circuit">Mean KL of the circuit in question.</param>
    /// <param name="allClosed">Mean KL with every node closed.</param>
    /// <param name="again">Share of the run again; <see langword="null"/> where there is none.</param>
    internal static ControlRow Of(ControlKind kind, EvaluationRow row, double circuit, double allClosed, double? again)
    {
        var share = ShareOf(row.Kl, circuit, allClosed);
        var reached = kind is ControlKind.ShuffledAnswers or ControlKind.PermutedWeights && again is { } found && found >= CloseShare ? Math.Min(1, found) : 1;
        return new ControlRow(kind, row, share, IsClose(share, row.Kl, circuit, CloseShare * reached) && kind != ControlKind.Retrained);
    }

    /// <summary>Whether a control comes close to the circuit: by its share, and where there is none by being no worse.</summary>
    /// <param name="share">Of the control.</param>
    /// <param name="kl">Mean KL of the control.</param>
    /// <param name="circuit">Mean KL of the circuit in question.</param>
    /// <param name="from">Share from which it does.</param>
    internal static bool IsClose(double? share, double kl, double circuit, double from = CloseShare) => share is { } found ? found >= from : Rounded.Compare(kl, circuit) <= 0;
}
