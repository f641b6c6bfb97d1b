using Nodal.Gates;

namespace Nodal.Circuits;

/// <summary>Circuits made of two others of one layout; each is closed, so that it can be run.</summary>
internal static class CircuitSets
{
    /// <summary>What both keep; a parent that is left without a child goes.</summary>
    public static NodeSet Intersection(NodeSet one, NodeSet other) => Close(one.Layout, i => one[i] && other[i]);

    /// <summary>What either keeps.</summary>
    public static NodeSet Union(NodeSet one, NodeSet other) => Close(one.Layout, i => one[i] || other[i]);

    /// <summary>
    /// The leaves that one keeps and the other does not, under the ancestors they have in the one. An MLP block needs hidden neurons and outputs: where they differ in one kind alone, those
    /// of the other kind stay as they are.
    /// </summary>
    public static NodeSet Difference(NodeSet one, NodeSet other)
    {
        var layout = one.Layout;
        var open = Flags(layout, i => one[i] && !(IsLeaf(layout[i].Granularity) && other[i]));
        for (var layer = 0; layer < layout.Config.Layers; layer++)
        {
            var (hidden, outputs) = (layout.Span(Granularity.MlpHidden, layer), layout.Span(Granularity.MlpOutput, layer));
            var (anyHidden, anyOutput) = (open.AsSpan(hidden).Contains(true), open.AsSpan(outputs).Contains(true));
            if (anyHidden != anyOutput)
            {
                var (start, length) = (anyHidden ? outputs : hidden).GetOffsetAndLength(layout.Count);
                for (var i = start; i < start + length; i++)
                {
                    open[i] = one[i];
                }
            }
        }

        return NodeSet.Close(layout, open);
    }

    private static bool IsLeaf(Granularity granularity) =>
        GateLayout.IsLeaf(granularity) || granularity == Granularity.Embedding;

    private static NodeSet Close(GateLayout layout, Func<int, bool> kept) => NodeSet.Close(layout, Flags(layout, kept));

    private static bool[] Flags(GateLayout layout, Func<int, bool> kept) => [.. Enumerable.Range(0, layout.Count).Select(kept)];
}
