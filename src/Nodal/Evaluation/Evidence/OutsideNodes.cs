using Nodal.Circuits;
using Nodal.Gates;

namespace Nodal.Evaluation.Evidence;

/// <summary>A circuit with nodes from outside added at random: what leaving out a kept head or block is held against.</summary>
/// <remarks>
/// The inflated circuits of Shi et al. 2024, arXiv 2410.13032, which add a random path of edges. Nodes come in heads and blocks whose parts are gates of their own, so the addition is of the size of a
/// part of the circuit: a kept head or block of the granularity is drawn, and as many closed leaves as it has open are opened in one head or block drawn from those that have closed ones, with their ancestors.
/// </remarks>
/// <param name="circuit">The circuit.</param>
/// <param name="granularity">Heads, attention blocks or MLP blocks.</param>
internal sealed class OutsideNodes(NodeSet circuit, Granularity granularity)
{
    private readonly GateLayout _layout = circuit.Layout;
    private readonly int[] _kept = [.. circuit.Positions(granularity)];
    private readonly int[] _incomplete = [.. circuit.Layout.Positions(granularity).Where(position => Leaves(circuit.Layout, position).Any(leaves => Closed(circuit, leaves).Length > 0))];

    /// <summary>Whether there is anything to add, and a part of the circuit to be like.</summary>
    public bool Any => _kept.Length > 0 && _incomplete.Length > 0;

    /// <summary>The circuit with such an addition; without it, it is the circuit again.</summary>
    public NodeSet Added(Random random)
    {
        var like = Leaves(_layout, _kept[random.Next(_kept.Length)]);
        var place = _incomplete[random.Next(_incomplete.Length)];
        var open = circuit.Kept();
        foreach (var (leaves, model) in Leaves(_layout, place).Zip(like))
        {
            var closed = Closed(circuit, leaves);
            random.Shuffle(closed);
            foreach (var position in closed.Take(Kept(model)))
            {
                open[position] = true;
                OpenAncestors(open, _layout[position]);
            }
        }

        return NodeSet.Close(_layout, open);
    }

    /// <summary>Where the leaves of a head or block stand: one range of each granularity of leaves.</summary>
    private static (int Start, int Length)[] Leaves(GateLayout layout, int position)
    {
        var node = layout[position];
        (int Start, int Length) All(Granularity leaves) => layout.Span(leaves, node.Layer).GetOffsetAndLength(layout.Count);
        return node.Granularity switch
        {
            Granularity.Head => [(layout.Offset(Granularity.AttentionNeuron, node.Layer) + (node.Head * layout.Config.HeadWidth), layout.Config.HeadWidth)],
            Granularity.AttentionBlock => [All(Granularity.AttentionNeuron)],
            _ => [All(Granularity.MlpHidden), All(Granularity.MlpOutput)],
        };
    }

    private static int[] Closed(NodeSet circuit, (int Start, int Length) leaves) =>
        [.. Enumerable.Range(leaves.Start, leaves.Length).Where(position => !circuit[position])];

    private int Kept((int Start, int Length) leaves) => Enumerable.Range(leaves.Start, leaves.Length).Count(position => circuit[position]);

    private void OpenAncestors(bool[] open, Node leaf)
    {
        var attention = leaf.Granularity == Granularity.AttentionNeuron;
        open[_layout.Offset(attention ? Granularity.AttentionBlock : Granularity.MlpBlock, leaf.Layer)] = true;
        if (attention)
        {
            open[_layout.Offset(Granularity.Head, leaf.Layer) + leaf.Head] = true;
        }

        if (_layout.Has(Granularity.Layer))
        {
            open[_layout.Offset(Granularity.Layer, leaf.Layer)] = true;
        }
    }
}
