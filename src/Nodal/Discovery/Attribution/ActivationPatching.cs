using Nodal.Circuits;
using Nodal.Gates;

namespace Nodal.Discovery.Attribution;

/// <summary>Activation patching: what the metric loses, exactly, when one node of the full model is closed.</summary>
/// <remarks>
/// Knock-out of single nodes, whose activation is replaced by the ablated one (Vig et al. 2020, arXiv 2004.12265; Wang et al. 2022, arXiv 2211.00593). One forward run for each node, so for heads and blocks alone.
/// </remarks>
internal sealed class ActivationPatching : INodeEffects
{
    /// <summary>Circuits measured together, sharing what holds no gate.</summary>
    private const int Together = 32;

    public double[] Effects(ScoringSetting setting)
    {
        var (layout, runner, metric) = (setting.Layout, setting.Runner(), setting.Options.Metric!.Value);
        var effects = new double[layout.Count];
        var whole = NodeSet.Full(layout);
        var full = PatchedMetric.Of(metric, runner.Measure([whole], setting.Pairs, setting.Cancellation)[0]);
        int[] nodes = [.. Enumerable.Range(0, layout.Count).Where(i => setting.Scored.Contains(layout[i].Granularity) && !GateLayout.IsLeaf(layout[i].Granularity))];
        var done = 0;
        foreach (var some in nodes.Chunk(Together))
        {
            var measured = runner.Measure(Array.ConvertAll(some, node => whole.Without(node)), setting.Pairs, setting.Cancellation);
            for (var i = 0; i < some.Length; i++)
            {
                effects[some[i]] = full - PatchedMetric.Of(metric, measured[i]);
            }

            setting.Report(done += some.Length, nodes.Length);
        }

        return effects;
    }
}
