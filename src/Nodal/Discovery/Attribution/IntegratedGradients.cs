using System.Numerics.Tensors;

namespace Nodal.Discovery.Attribution;

/// <summary>Gradients integrated over the gates, from all closed to all open.</summary>
/// <remarks>
/// Sundararajan, Taly and Yan 2017 (arXiv 1703.01365), with gates for inputs, where EAP-IG (Hanna et al. 2024, arXiv 2403.17806) has embeddings or activations. All scored gates open together along the straight
/// line g = t, so that effects sum to m(1) − m(0) (completeness), those of all granularities together: each level of a chain block, head, neuron has a share. Midpoints of equal parts of the line.
/// <code>
/// effect_i = ∫ ∂m/∂g_i (t) dt ≈ 1/n Σ_k ∂m/∂g_i ((k + ½) / n)
/// </code>
/// </remarks>
internal sealed class IntegratedGradients : INodeEffects
{
    public double[] Effects(ScoringSetting setting)
    {
        using var metric = new MetricGradient(setting, setting.Gradient);
        var (steps, done) = (setting.Options.Steps!.Value, 0);
        var effects = new double[setting.Layout.Count];
        for (var step = 0; step < steps; step++)
        {
            var gates = Line(setting, (step + 0.5) / steps);
            var gradient = metric.OverAllPairs(gates, () => setting.Report(++done, steps * metric.Batches));
            TensorPrimitives.MultiplyAdd(gradient, 1.0 / steps, effects, effects);
        }

        return effects;
    }

    /// <summary>(gates): t where a gate is scored, else 1.</summary>
    private static double[] Line(ScoringSetting setting, double t)
    {
        var gates = FullModel.Open(setting);
        foreach (var granularity in setting.Scored)
        {
            gates.AsSpan(setting.Layout.Span(granularity)).Fill(t);
        }

        return gates;
    }
}
