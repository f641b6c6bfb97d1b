using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Gates;

namespace Nodal.Discovery.Attribution;

/// <summary>ACDC, node by node: from the last layer to the first, what can be closed at little cost is closed, one node after another.</summary>
/// <remarks>
/// Conmy et al. 2023 (arXiv 2304.14997), algorithm 1, with heads and MLP blocks for edges. One greedy run for each threshold τ; each node asked about costs a forward run of the circuit, so this is a reference for small models.
/// The runs go in step, node by node, for their circuits to share what holds no gate.
/// <code>
/// C = all nodes
/// for v in MLP, then heads, of the last layer … of the first:   Δ = m(C) − m(C ∖ v);   if Δ &lt; τ: C = C ∖ v
/// </code>
/// A node's score is the logarithm of the largest τ that kept it; among nodes with the same, of the Δ it had there, cut off below the next τ. So the circuits of the ranking are those of the runs where these are nested.
/// </remarks>
internal sealed class NodeAcdc : INodeScorer
{
    /// <summary>Of a node that cost nothing, or less.</summary>
    private const double Nothing = 1e-30;

    public double[] Score(ScoringSetting setting)
    {
        var (nodes, thresholds, whole) = (Nodes(setting), setting.Options.Thresholds, NodeSet.Full(setting.Layout));
        var scores = new double[setting.Layout.Count];
        Array.Fill(scores, double.PositiveInfinity);

        // A circuit and its metric for each threshold.
        NodeSet[] circuits = [.. Enumerable.Repeat(whole, thresholds.Length)];
        double[] metrics = [.. Enumerable.Repeat(Metrics(setting, [whole])[0], thresholds.Length)];
        var done = 0;
        foreach (var node in nodes)
        {
            var smaller = Array.ConvertAll(circuits, circuit => circuit.Without(node));
            var without = Metrics(setting, smaller);
            double[] costs = [.. metrics.Zip(without, (kept, closed) => kept - closed)];
            scores[node] = Score(costs, thresholds);
            for (var i = 0; i < thresholds.Length; i++)
            {
                if (costs[i] < thresholds[i])
                {
                    (circuits[i], metrics[i]) = (smaller[i], without[i]);
                }
            }

            setting.Report(done += thresholds.Length, nodes.Length * thresholds.Length);
        }

        return scores;
    }

    /// <summary>The score of one node.</summary>
    /// <param name="costs">What closing it cost in the run of each threshold.</param>
    /// <param name="thresholds">Rising.</param>
    private static double Score(double[] costs, ImmutableArray<double> thresholds)
    {
        var kept = Enumerable.Range(0, costs.Length).LastOrDefault(i => costs[i] >= thresholds[i], -1);
        if (kept < 0)
        {
            return Math.Log(Math.Max(costs[0], Nothing));
        }

        var next = kept + 1 < thresholds.Length ? thresholds[kept + 1] : double.MaxValue;
        return Math.Log(Math.Clamp(costs[kept], thresholds[kept], Math.BitDecrement(next)));
    }

    /// <summary>Heads and MLP blocks that are scored, the last first.</summary>
    internal static int[] Nodes(ScoringSetting setting)
    {
        var layout = setting.Layout;
        IEnumerable<int> Of(Granularity granularity, int layer) => setting.Scored.Contains(granularity) ? layout.Positions(granularity, layer).Reverse() : [];

        return [.. Enumerable.Range(0, layout.Config.Layers).Reverse().SelectMany(layer => Of(Granularity.MlpBlock, layer).Concat(Of(Granularity.Head, layer)))];
    }

    private static double[] Metrics(ScoringSetting setting, NodeSet[] circuits)
    {
        var pairs = setting.Pairs.Take(setting.Options.PairsOfAcdc).ToArray();
        return Array.ConvertAll(setting.Runner().Measure(circuits, pairs, setting.Cancellation), measured => PatchedMetric.Of(setting.Options.Metric!.Value, measured));
    }
}
