namespace Nodal.Gates;

/// <summary>Hard concrete gates with a straight-through estimate: 0 or 1 forward, the gradient of the value between.</summary>
/// <remarks>
/// Louizos, Welling, Kingma 2018 (arXiv 1712.01312, eq. 10 to 12), as multi-granular node pruning uses them (arXiv 2512.10903): with a = log α and noise u
/// <code>
/// s = σ((log u − log(1 − u) + a) / β)        t = clamp(s (ζ − γ) + γ, 0, 1)        gate = 1[t &gt; ½], with the gradient of t
/// P(t ≠ 0) = σ(a − β log(−γ/ζ))              P(gate = 1) = σ(a − β log((½ − γ)/(ζ − ½)))
/// </code>
/// P(gate = 1) is σ(a) where γ + ζ = 1, as in the published constants.
/// </remarks>
/// <param name="Temperature">β &gt; 0.</param>
/// <param name="Low">γ &lt; 0, where the stretched value begins.</param>
/// <param name="High">ζ &gt; 1, where it ends.</param>
internal readonly record struct HardConcrete(double Temperature, double Low, double High)
{
    /// <summary>t of one gate.</summary>
    /// <param name="logAlpha">a.</param>
    /// <param name="noise">u in (0, 1).</param>
    public double Value(double logAlpha, double noise) => Value(Concrete(logAlpha, noise));

    /// <summary>∂t/∂a of one gate: 0 where t is clamped.</summary>
    /// <inheritdoc cref="Value(double, double)"/>
    public double Slope(double logAlpha, double noise) => Slope(Concrete(logAlpha, noise));

    /// <summary>Draws all gates. Where t is clamped to 0 there is neither output nor gradient, so those are not live; any other gate is, closed or not.</summary>
    /// <param name="logAlpha">(gates): a.</param>
    /// <param name="noise">(gates): u.</param>
    /// <param name="gates">(gates), overwritten: 0 or 1.</param>
    /// <param name="live">(gates), overwritten.</param>
    /// <param name="slopes">(gates), overwritten: ∂t/∂a.</param>
    public void Draw(ReadOnlySpan<double> logAlpha, ReadOnlySpan<double> noise, Span<double> gates, Span<bool> live, Span<double> slopes)
    {
        for (var i = 0; i < logAlpha.Length; i++)
        {
            var concrete = Concrete(logAlpha[i], noise[i]);
            var value = Value(concrete);
            gates[i] = value > 0.5 ? 1 : 0;
            live[i] = value > 0;
            slopes[i] = Slope(concrete);
        }
    }

    /// <summary>P(t ≠ 0), what the penalty counts.</summary>
    public double LiveProbability(double logAlpha) => Sigmoid(logAlpha - (Temperature * Math.Log(-Low / High)));

    /// <summary>P(gate = 1): t &gt; ½ is s &gt; (½ − γ)/(ζ − γ).</summary>
    public double OpenProbability(double logAlpha) => Sigmoid(logAlpha - OpenShift);

    // 0.5 + 0.1 and 1.1 − 0.5 differ in the last bit: the logarithm of their ratio would not be 0.
    private double OpenShift => Low + High == 1 ? 0 : Temperature * Math.Log((0.5 - Low) / (High - 0.5));

    /// <summary>s.</summary>
    private double Concrete(double logAlpha, double noise) => Sigmoid((Math.Log(noise) - Math.Log(1 - noise) + logAlpha) / Temperature);

    private double Value(double concrete) => Math.Clamp((concrete * (High - Low)) + Low, 0, 1);

    private double Slope(double concrete) => Value(concrete) is > 0 and < 1 ? (High - Low) * concrete * (1 - concrete) / Temperature : 0;

    private static double Sigmoid(double value) => 1 / (1 + Math.Exp(-value));
}
