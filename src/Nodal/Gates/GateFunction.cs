namespace Nodal.Gates;

/// <summary>Gates from scores: a sigmoid around one threshold, stretched so that gates reach 0 and 1 exactly (DESIGN.md §5.1).</summary>
/// <remarks>g = clamp((1 + 2ε) σ((s − τ)/T) − ε, 0, 1); the stretch is the hard concrete's (Louizos et al. 2018, arXiv 1712.01312).</remarks>
/// <param name="Temperature">T &gt; 0; smaller is harder.</param>
/// <param name="Stretch">ε ≥ 0, how far the sigmoid reaches beyond [0, 1].</param>
public readonly record struct GateFunction(double Temperature, double Stretch)
{
    /// <summary>Distance from the threshold at which a gate is exactly 0 or 1; infinite without a stretch.</summary>
    public double Reach => Stretch == 0 ? double.PositiveInfinity : Temperature * Math.Log((1 + Stretch) / Stretch);

    /// <summary>Gates of scores at a threshold.</summary>
    /// <param name="scores">(gates).</param>
    /// <param name="threshold">τ.</param>
    /// <param name="gates">(gates), overwritten.</param>
    public void Gates(ReadOnlySpan<double> scores, double threshold, Span<double> gates)
    {
        var reach = Reach;
        for (var i = 0; i < scores.Length; i++)
        {
            var distance = scores[i] - threshold;
            gates[i] = distance >= reach ? 1 : distance <= -reach ? 0 : Stretched(distance);
        }
    }

    /// <summary>∂ gate / ∂ score at a fixed threshold; 0 where the gate is exactly 0 or 1.</summary>
    /// <param name="gates">(gates), as <see cref="Gates"/> made them.</param>
    /// <param name="slopes">(gates), overwritten.</param>
    public void Slopes(ReadOnlySpan<double> gates, Span<double> slopes)
    {
        for (var i = 0; i < gates.Length; i++)
        {
            var sigmoid = (gates[i] + Stretch) / (1 + (2 * Stretch));
            slopes[i] = gates[i] is > 0 and < 1 ? (1 + (2 * Stretch)) / Temperature * sigmoid * (1 - sigmoid) : 0;
        }
    }

    private double Stretched(double distance) =>
        Math.Clamp(((1 + (2 * Stretch)) / (1 + Math.Exp(-distance / Temperature))) - Stretch, 0, 1);
}
