using Nodal.Gates;

namespace Nodal.Circuits;

/// <summary>For each node the threshold below which it belongs to the closed circuit: closure, worked out once for all thresholds.</summary>
/// <remarks>
/// A leaf enters with the lowest score among itself and its ancestors; a parent no sooner than its first child; an MLP block, and with it
/// all below it, no sooner than its first hidden neuron and its first output.
/// </remarks>
internal static class EntryThresholds
{
    public static double[] Of(GateLayout layout, ReadOnlySpan<double> scores)
    {
        var entries = scores.ToArray();
        for (var layer = 0; layer < layout.Config.Layers; layer++)
        {
            EnterAttention(layout, entries, layer);
            EnterMlp(layout, entries, layer);
        }

        return entries;
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
