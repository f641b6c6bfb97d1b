using System.Collections.Immutable;
using Nodal.Gates;

namespace Nodal.Circuits;

/// <summary>A closed set of kept nodes: a node is kept only if all its ancestors are, a parent only if a child is.</summary>
/// <remarks>
/// An MLP block needs a hidden neuron and an output; a layer, where layers have gates, one of its blocks; the embedding nothing. Closing the same set again changes nothing.
/// </remarks>
public sealed class NodeSet
{
    private readonly bool[] _kept;

    private NodeSet(GateLayout layout, bool[] kept)
    {
        Layout = layout;
        _kept = kept;
    }

    /// <summary>Where the nodes stand.</summary>
    public GateLayout Layout { get; }

    /// <summary>The largest closed subset of some nodes.</summary>
    /// <param name="layout">Where the nodes stand.</param>
    /// <param name="open">(gates): wanted nodes.</param>
    public static NodeSet Close(GateLayout layout, ReadOnlySpan<bool> open)
    {
        var kept = open.ToArray();
        for (var layer = 0; layer < layout.Config.Layers; layer++)
        {
            if (layout.Has(Granularity.Layer))
            {
                var whole = kept[layout.Offset(Granularity.Layer, layer)];
                kept[layout.Offset(Granularity.AttentionBlock, layer)] &= whole;
                kept[layout.Offset(Granularity.MlpBlock, layer)] &= whole;
            }

            CloseAttention(layout, kept, layer);
            CloseMlp(layout, kept, layer);
            if (layout.Has(Granularity.Layer))
            {
                kept[layout.Offset(Granularity.Layer, layer)] &= kept[layout.Offset(Granularity.AttentionBlock, layer)] || kept[layout.Offset(Granularity.MlpBlock, layer)];
            }
        }

        return new NodeSet(layout, kept);
    }

    /// <summary>Every node of the model.</summary>
    public static NodeSet Full(GateLayout layout) => Close(layout, Enumerable.Repeat(true, layout.Count).ToArray());

    /// <summary>No node at all, not even one whose gate is always open.</summary>
    internal static NodeSet Empty(GateLayout layout) => new(layout, new bool[layout.Count]);

    /// <summary>Whether the node at a position of the layout is kept.</summary>
    public bool this[int position] => _kept[position];

    /// <summary>Kept nodes of one granularity.</summary>
    public int Count(Granularity granularity) => _kept.AsSpan(Layout.Span(granularity)).Count(true);

    /// <summary>Kept nodes of one granularity in one layer.</summary>
    public int Count(Granularity granularity, int layer) => _kept.AsSpan(Layout.Span(granularity, layer)).Count(true);

    /// <summary>Kept nodes of every granularity of the layout.</summary>
    public ImmutableSortedDictionary<Granularity, int> Counts() => Layout.Granularities.ToImmutableSortedDictionary(granularity => granularity, Count);

    /// <summary>The kept nodes in the order of the layout.</summary>
    public IEnumerable<Node> Nodes() => Enumerable.Range(0, _kept.Length).Where(i => _kept[i]).Select(i => Layout[i]);

    /// <summary>Which nodes are kept. (gates), a copy.</summary>
    internal bool[] Kept() => [.. _kept];

    /// <summary>Gates of the set: 1 for kept nodes, else 0. (gates).</summary>
    public double[] Gates() => Array.ConvertAll(_kept, kept => kept ? 1.0 : 0.0);

    /// <summary>Whether every node of this set is in another.</summary>
    public bool IsSubsetOf(NodeSet other) => !_kept.Where((kept, i) => kept && !other._kept[i]).Any();

    internal static void CloseAttention(GateLayout layout, Span<bool> kept, int layer)
    {
        ref var block = ref kept[layout.Offset(Granularity.AttentionBlock, layer)];
        var heads = kept[layout.Span(Granularity.Head, layer)];
        var neurons = kept[layout.Span(Granularity.AttentionNeuron, layer)];
        for (var head = 0; head < heads.Length; head++)
        {
            var own = neurons.Slice(head * layout.Config.HeadWidth, layout.Config.HeadWidth);
            heads[head] &= block && own.Contains(true);
            if (!heads[head])
            {
                own.Clear();
            }
        }

        block &= heads.Contains(true);
    }

    private static void CloseMlp(GateLayout layout, Span<bool> kept, int layer)
    {
        ref var block = ref kept[layout.Offset(Granularity.MlpBlock, layer)];
        var hidden = kept[layout.Span(Granularity.MlpHidden, layer)];
        var outputs = kept[layout.Span(Granularity.MlpOutput, layer)];
        block &= hidden.Contains(true) && outputs.Contains(true);
        if (!block)
        {
            hidden.Clear();
            outputs.Clear();
        }
    }
}
