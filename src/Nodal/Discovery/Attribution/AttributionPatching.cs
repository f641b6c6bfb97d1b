namespace Nodal.Discovery.Attribution;

/// <summary>Attribution patching: closing a gate of the full model, to first order.</summary>
/// <remarks>
/// Nanda 2023; Syed, Rager and Conmy 2023 (arXiv 2310.10348), node by node. With m the metric and every gate at 1, m(1) − m(1 − e_i) ≈ ∂m/∂g_i: the gradient for what a node writes, at its output, times what
/// its clean activation differs from the ablated one. A parent's gradient is the sum of its children's, but for biases.
/// </remarks>
internal sealed class AttributionPatching : INodeEffects
{
    public double[] Effects(ScoringSetting setting)
    {
        using var metric = new MetricGradient(setting, setting.Gradient);
        return FullModel.Gradient(setting, metric);
    }
}
