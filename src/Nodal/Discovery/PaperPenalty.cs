using Nodal.Gates;

namespace Nodal.Discovery;

/// <summary>S, what open gates cost in the published method (arXiv 2512.10903).</summary>
/// <remarks>
/// <code>
/// R = mean over the gates of a tensor of P(t ≠ 0) = σ(a − β log(−γ/ζ))         a tensor: one granularity in one layer
/// S = mean over all tensors that are trained of λ_f · w(step) · d(layer) · R
/// </code>
/// </remarks>
/// <param name="layout">Where the gates stand.</param>
/// <param name="options">Resolved.</param>
/// <param name="trained">Granularities whose gates are trained; those of all others cost nothing. Default all of the layout.</param>
internal sealed class PaperPenalty(GateLayout layout, PaperOptions options, IReadOnlyCollection<Granularity>? trained = null)
{
    private readonly Granularity[] _trained = [.. layout.Granularities.Where(granularity => trained?.Contains(granularity) ?? true)];
    private readonly HardConcrete _gate = options.Gate;

    /// <summary>S, with its gradient.</summary>
    /// <param name="logAlpha">(gates).</param>
    /// <param name="step">0-based.</param>
    /// <param name="gradient">(gates), overwritten: ∂S/∂a.</param>
    public double Of(ReadOnlySpan<double> logAlpha, int step, Span<double> gradient)
    {
        var layers = layout.Config.Layers;
        var tensors = _trained.Sum(layout.Rows);
        var warmup = PaperSchedule.Warmup(options, step);
        double sum = 0;
        gradient.Clear();
        foreach (var granularity in _trained)
        {
            for (var layer = 0; layer < layout.Rows(granularity); layer++)
            {
                var weight = options.Weights[granularity] * warmup * PaperSchedule.Depth(options.DepthScaling, layer, layers) / tensors;
                var own = layout.Span(granularity, layer);
                sum += Tensor(logAlpha[own], options.Summed ? weight : weight / layout.PerLayer(granularity), gradient[own]);
            }
        }

        return sum;
    }

    /// <summary>A weight times the sum of P(t ≠ 0), with its gradient.</summary>
    private double Tensor(ReadOnlySpan<double> logAlpha, double weight, Span<double> gradient)
    {
        double sum = 0;
        for (var i = 0; i < logAlpha.Length; i++)
        {
            var probability = _gate.LiveProbability(logAlpha[i]);
            sum += weight * probability;
            gradient[i] = weight * probability * (1 - probability);
        }

        return sum;
    }
}
