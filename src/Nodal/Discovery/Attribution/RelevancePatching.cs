namespace Nodal.Discovery.Attribution;

/// <summary>RelP: attribution patching with the gradients of <see cref="Models.RelevanceRules"/>.</summary>
/// <remarks>Jafari, Eberle, Khakzar and Nanda 2025 (arXiv 2508.21258), node by node.</remarks>
internal sealed class RelevancePatching : INodeEffects
{
    public double[] Effects(ScoringSetting setting)
    {
        using var metric = new MetricGradient(setting, setting.Relevance);
        return FullModel.Gradient(setting, metric);
    }
}
