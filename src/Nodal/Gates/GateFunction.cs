using System.Runtime.Intrinsics;

namespace Nodal.Gates;

/// <summary>Gates from scores: a sigmoid around one threshold, stretched so that gates reach 0 and 1 exactly.</summary>
/// <remarks>g = clamp((1 + 2ε) σ((s − τ)/T) − ε, 0, 1); the stretch is the hard concrete's (Louizos et al. 2018, arXiv 1712.01312).</remarks>
/// <param name="Temperature">T &gt; 0; smaller is harder.</param>
/// <param name="Stretch">ε ≥ 0, how far the sigmoid reaches beyond [0, 1].</param>
internal readonly record struct GateFunction(double Temperature, double Stretch)
{
    /// <summary>Distance from the threshold at which a gate is exactly 0 or 1; infinite without a stretch.</summary>
    public double Reach => Stretch == 0 ? double.PositiveInfinity : Temperature * Math.Log((1 + Stretch) / Stretch);

    /// <summary>Gates of scores at a threshold.</summary>
    /// <param name="scores">(gates).</param>
    /// <param name="threshold">τ.</param>
    /// <param name="gates">(gates), overwritten.</param>
    public void Gates(ReadOnlySpan<double> scores, double threshold, Span<double> gates)
    {
        gates = gates[..scores.Length];

        // 1 / T is infinite for the smallest T there are, and 0 · ∞ is no number.
        var sharpness = Math.Min(1 / Temperature, double.MaxValue);
        var (open, closed) = (Vector256.Create(Reach), Vector256.Create(-Reach));
        for (var i = 0; i < scores.Length; i += Lanes.Count)
        {
            var distance = Lanes.Load(scores, i) - Vector256.Create(threshold);
            var sigmoid = Vector256<double>.One / (Vector256<double>.One + Vector256.Exp(distance * -sharpness));
            var stretched = (sigmoid * (1 + (2 * Stretch))) - Vector256.Create(Stretch);
            var gate = Vector256.Clamp(stretched, Vector256<double>.Zero, Vector256<double>.One);
            gate = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(distance, open), Vector256<double>.One, gate);
            gate = Vector256.ConditionalSelect(Vector256.LessThanOrEqual(distance, closed), Vector256<double>.Zero, gate);
            Lanes.Store(gate, gates, i);
        }
    }

    /// <summary>∂ gate / ∂ score at a fixed threshold; 0 where the gate is exactly 0 or 1.</summary>
    /// <param name="gates">(gates), as <see cref="Gates"/> made them.</param>
    /// <param name="slopes">(gates), overwritten.</param>
    public void Slopes(ReadOnlySpan<double> gates, Span<double> slopes)
    {
        slopes = slopes[..gates.Length];
        var steepness = (1 + (2 * Stretch)) / Temperature;
        for (var i = 0; i < gates.Length; i += Lanes.Count)
        {
            var gate = Lanes.Load(gates, i);
            var sigmoid = (gate + Vector256.Create(Stretch)) / (1 + (2 * Stretch));
            var between = Vector256.GreaterThan(gate, Vector256<double>.Zero) & Vector256.LessThan(gate, Vector256<double>.One);
            Lanes.Store(Vector256.ConditionalSelect(between, sigmoid * steepness * (Vector256<double>.One - sigmoid), Vector256<double>.Zero), slopes, i);
        }
    }
}
