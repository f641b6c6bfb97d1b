using Nodal.Gates;

namespace Nodal.Circuits;

/// <summary>Closure as multi-granular node pruning publishes it (arXiv 2512.10903): an MLP block stays open as long as a hidden neuron or an output does.</summary>
/// <remarks>
/// Nodal's own (<see cref="NodeSet"/>) needs one of both, since a block without hidden neurons, or without outputs, writes what it writes when closed. The same model, counted differently.
/// </remarks>
internal static class PublishedClosure
{
    /// <summary>The open nodes that stay.</summary>
    /// <param name="layout">Where the nodes stand.</param>
    /// <param name="open">(gates).</param>
    /// <returns>(gates).</returns>
    public static bool[] Close(GateLayout layout, ReadOnlySpan<bool> open)
    {
        var kept = open.ToArray();
        for (var layer = 0; layer < layout.Config.Layers; layer++)
        {
            var whole = !layout.Has(Granularity.Layer) || kept[layout.Offset(Granularity.Layer, layer)];
            kept[layout.Offset(Granularity.AttentionBlock, layer)] &= whole;
            kept[layout.Offset(Granularity.MlpBlock, layer)] &= whole;
            NodeSet.CloseAttention(layout, kept, layer);
            CloseMlp(layout, kept, layer);
        }

        return kept;
    }

    private static void CloseMlp(GateLayout layout, Span<bool> kept, int layer)
    {
        ref var block = ref kept[layout.Offset(Granularity.MlpBlock, layer)];
        var hidden = kept[layout.Span(Granularity.MlpHidden, layer)];
        var outputs = kept[layout.Span(Granularity.MlpOutput, layer)];
        block &= hidden.Contains(true) || outputs.Contains(true);
        if (!block)
        {
            hidden.Clear();
            outputs.Clear();
        }
    }
}
