namespace Nodal.Evaluation.Evidence;

/// <summary>One control beside the circuit, on the same pairs.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Row">What its circuit does.</param>
/// <param name="Share">Its faithfulness over the circuit's (<see cref="ShareOf"/>); <see langword="null"/> where the circuit is no more faithful than the model with every node closed.</param>
/// <param name="Close">Whether it is a control, not the run again, and its share is at least <see cref="CloseShare"/>.</param>
public sealed record ControlRow(ControlKind Kind, EvaluationRow Row, double? Share, bool Close)
{
    /// <summary>Share of the circuit's faithfulness from which on a control comes close: a half.</summary>
    public const double CloseShare = 0.5;

    /// <summary>95 % bootstrap interval of <see cref="Share"/> over pairs, all three KLs of the same drawn pairs; <see langword="null"/> where there is no share.</summary>
    public Interval? ShareInterval { get; init; }

    /// <summary>One faithfulness over another: what a circuit takes away of the KL of the model with every node closed, over what the circuit in question takes away.</summary>
    /// <param name="kl">Mean KL of the one.</param>
    /// <param name="circuit">Mean KL of the circuit in question.</param>
    /// <param name="allClosed">Mean KL with every node closed.</param>
    /// <returns>1 for the circuit itself, 0 for the closed model, below 0 for worse; <see langword="null"/> where the circuit takes nothing away.</returns>
    public static double? ShareOf(double kl, double circuit, double allClosed) => allClosed > circuit ? (allClosed - kl) / (allClosed - circuit) : null;

    /// <summary>The interval of <see cref="ShareOf"/>.</summary>
    /// <param name="kl">(pairs): of the one.</param>
    /// <param name="circuit">(pairs): of the circuit in question.</param>
    /// <param name="allClosed">(pairs): with every node closed.</param>
    /// <param name="seed">Of the bootstrap.</param>
    internal static Interval? IntervalOf(double[] kl, double[] circuit, double[] allClosed, int seed) => Estimate.Of(
        kl.Length, seed, drawn => [ShareOf(drawn.Average(pair => kl[pair]), drawn.Average(pair => circuit[pair]), drawn.Average(pair => allClosed[pair])) ?? double.NaN])[0]?.Interval;

    internal static ControlRow Of(ControlKind kind, EvaluationRow row, double circuit, double allClosed)
    {
        var share = ShareOf(row.Kl, circuit, allClosed);
        return new ControlRow(kind, row, share, kind != ControlKind.Retrained && (share >= CloseShare || (share is null && row.Kl <= circuit)));
    }
}
