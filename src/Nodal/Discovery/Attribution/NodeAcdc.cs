using Nodal.Circuits;
using Nodal.Gates;

namespace Nodal.Discovery.Attribution;

/// <summary>ACDC, node by node: from the last layer to the first, what can be closed at little cost is closed, one node after another.</summary>
/// <remarks>
/// Conmy et al. 2023 (arXiv 2304.14997), algorithm 1, with heads and MLP blocks for edges. One greedy run for each threshold τ; each node asked about costs a forward run of the circuit, so this is a reference for small models.
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
        var layout = setting.Layout;
        var nodes = Nodes(setting);
        var (scores, thresholds, done) = (new double[layout.Count], setting.Options.Thresholds, 0);
        Array.Fill(scores, double.PositiveInfinity);
        Array.ForEach(nodes, node => scores[node] = Math.Log(Nothing));
        for (var i = 0; i < thresholds.Length; i++)
        {
            var (low, high) = (thresholds[i], i + 1 < thresholds.Length ? thresholds[i + 1] : double.MaxValue);
            foreach (var (node, cost) in Run(setting, nodes, low, () => setting.Report(++done, nodes.Length * thresholds.Length)))
            {
                if (cost >= low)
                {
                    scores[node] = Math.Log(Math.Clamp(cost, low, Math.BitDecrement(high)));
                }
                else if (i == 0)
                {
                    scores[node] = Math.Log(Math.Max(cost, Nothing));
                }
            }
        }

        return scores;
    }

    /// <summary>One greedy run.</summary>
    /// <param name="setting">What is scored.</param>
    /// <param name="nodes">In the order in which they are asked about.</param>
    /// <param name="threshold">τ.</param>
    /// <param name="done">Hears of each node.</param>
    /// <returns>Each node and what closing it cost when it was asked about; below τ it was closed.</returns>
    internal static IReadOnlyList<(int Node, double Cost)> Run(ScoringSetting setting, int[] nodes, double threshold, Action done)
    {
        var open = new bool[setting.Layout.Count];
        Array.Fill(open, true);
        var current = Metric(setting, open);
        var costs = new List<(int Node, double Cost)>();
        foreach (var node in nodes)
        {
            open[node] = false;
            var without = Metric(setting, open);
            costs.Add((node, current - without));
            (open[node], current) = current - without < threshold ? (false, without) : (true, current);
            done();
        }

        return costs;
    }

    /// <summary>Heads and MLP blocks that are scored, the last first.</summary>
    internal static int[] Nodes(ScoringSetting setting)
    {
        var layout = setting.Layout;
        IEnumerable<int> Of(Granularity granularity, int layer) => setting.Scored.Contains(granularity) ? layout.Positions(granularity, layer).Reverse() : [];

        return [.. Enumerable.Range(0, layout.Config.Layers).Reverse().SelectMany(layer => Of(Granularity.MlpBlock, layer).Concat(Of(Granularity.Head, layer)))];
    }

    private static double Metric(ScoringSetting setting, bool[] open)
    {
        var pairs = setting.Pairs.Take(setting.Options.PairsOfAcdc).ToArray();
        return PatchedMetric.Of(setting.Options.Metric!.Value, setting.Runner().Measure([NodeSet.Close(setting.Layout, open)], pairs, setting.Cancellation)[0]);
    }
}
