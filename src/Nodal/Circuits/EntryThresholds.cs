using Nodal.Gates;

namespace Nodal.Circuits;

/// <summary>For each node the threshold below which it belongs to the closed circuit: closure, worked out once for all thresholds.</summary>
/// <remarks>
/// A leaf enters with the lowest score among itself and its ancestors; a parent no sooner than its first child; an MLP block, and with it
/// all below it, no sooner than its first hidden neuron and its first output. What is never closed by itself has a score of infinity, and is in every circuit where all of
/// its ancestors, or its children, have one too.
/// </remarks>
internal static class EntryThresholds
{
    public static double[] Of(GateLayout layout, ReadOnlySpan<double> scores)
    {
        var entries = scores.ToArray();
        for (var layer = 0; layer < layout.Config.Layers; layer++)
        {
            if (layout.Has(Granularity.Layer))
            {
                CapBlocks(layout, entries, layer);
            }

            EnterAttention(layout, entries, layer);
            EnterMlp(layout, entries, layer);
            if (layout.Has(Granularity.Layer))
            {
                var blocks = (Attention: entries[layout.Offset(Granularity.AttentionBlock, layer)], Mlp: entries[layout.Offset(Granularity.MlpBlock, layer)]);
                entries[layout.Offset(Granularity.Layer, layer)] = Math.Max(blocks.Attention, blocks.Mlp);
            }
        }

        return entries;
    }

    private static void CapBlocks(GateLayout layout, Span<double> entries, int layer)
    {
        var whole = entries[layout.Offset(Granularity.Layer, layer)];
        CapAt(entries[layout.Span(Granularity.AttentionBlock, layer)], whole);
        CapAt(entries[layout.Span(Granularity.MlpBlock, layer)], whole);
    }

    private static void EnterAttention(GateLayout layout, Span<double> entries, int layer)
    {
        ref var block = ref entries[layout.Offset(Granularity.AttentionBlock, layer)];
        var heads = entries[layout.Span(Granularity.Head, layer)];
        var neurons = entries[layout.Span(Granularity.AttentionNeuron, layer)];
        for (var head = 0; head < heads.Length; head++)
        {
            var own = neurons.Slice(head * layout.Config.HeadWidth, layout.Config.HeadWidth);
            CapAt(own, Math.Min(block, heads[head]));
            heads[head] = Highest(own);
        }

        block = Highest(heads);
    }

    private static void EnterMlp(GateLayout layout, Span<double> entries, int layer)
    {
        ref var block = ref entries[layout.Offset(Granularity.MlpBlock, layer)];
        var hidden = entries[layout.Span(Granularity.MlpHidden, layer)];
        var outputs = entries[layout.Span(Granularity.MlpOutput, layer)];
        block = Math.Min(block, Math.Min(Highest(hidden), Highest(outputs)));
        CapAt(hidden, block);
        CapAt(outputs, block);
    }

    private static void CapAt(Span<double> values, double cap)
    {
        foreach (ref var value in values)
        {
            value = Math.Min(value, cap);
        }
    }

    private static double Highest(ReadOnlySpan<double> values)
    {
        var highest = double.NegativeInfinity;
        foreach (var value in values)
        {
            highest = Math.Max(highest, value);
        }

        return highest;
    }
}
