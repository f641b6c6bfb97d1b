using System.Numerics.Tensors;

namespace Nodal.Discovery.Attribution;

/// <summary>HISP, head importance score for pruning: the mean over pairs of the size of a gate's gradient in the full model.</summary>
/// <remarks>
/// Michel, Levy and Neubig 2019 (arXiv 1905.10650), I_h = E |∂L/∂ξ_h|, with the metric for L; for heads and MLP blocks, as in Conmy et al. 2023 (arXiv 2304.14997). Where a pair's effect is above 0 and another's below,
/// attribution patching lets them cancel, and this does not. Without the division by each layer's norm: an MLP block is alone in its layer, and would always have 1.
/// </remarks>
internal sealed class HeadImportance : INodeEffects
{
    public double[] Effects(ScoringSetting setting)
    {
        using var metric = new MetricGradient(setting, setting.Gradient);
        var (gates, effects) = (FullModel.Open(setting), new double[setting.Layout.Count]);
        for (var pair = 0; pair < metric.Pairs; pair++)
        {
            var gradient = metric.Over([pair], gates);
            TensorPrimitives.Abs(gradient, gradient);
            TensorPrimitives.MultiplyAdd(gradient, 1.0 / metric.Pairs, effects, effects);
            setting.Report(pair + 1, metric.Pairs);
        }

        return effects;
    }
}
