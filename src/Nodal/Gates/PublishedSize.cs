namespace Nodal.Gates;

/// <summary>Parameters of a circuit by the published formula (arXiv 2512.10903): GPT-2's, whatever the model is.</summary>
/// <remarks>
/// With d the width, H the hidden width, n the open attention neurons of a block, h and o the open hidden neurons and outputs of an MLP:
/// <code>
/// open attention block    3 d n + 3 n + n d + d
/// open MLP block          h d + h + h o + o
/// a whole layer           3 d² + 3 d + d² + d  +  d H + H + H d + d
/// </code>
/// A whole layer is written for n = d, as every published model has it; where heads together are wider or narrower than d, all their neurons count.
/// A Llama has a third MLP matrix, mostly fewer keys and values than queries, and no biases; what it really has is <see cref="SizeAccount"/>'s to say. Queries and keys, which a head needs
/// whole, are counted by neuron.
/// </remarks>
internal static class PublishedSize
{
    /// <summary>Of an open, closed set of nodes.</summary>
    /// <param name="layout">Where the nodes stand.</param>
    /// <param name="kept">(gates).</param>
    public static long Parameters(GateLayout layout, ReadOnlySpan<bool> kept)
    {
        long sum = 0;
        for (var layer = 0; layer < layout.Config.Layers; layer++)
        {
            if (kept[layout.Offset(Granularity.AttentionBlock, layer)])
            {
                sum += Attention(layout.Config.Width, kept[layout.Span(Granularity.AttentionNeuron, layer)].Count(true));
            }

            if (kept[layout.Offset(Granularity.MlpBlock, layer)])
            {
                sum += Mlp(layout.Config.Width, kept[layout.Span(Granularity.MlpHidden, layer)].Count(true), kept[layout.Span(Granularity.MlpOutput, layer)].Count(true));
            }
        }

        return sum;
    }

    /// <summary>Of all layers.</summary>
    public static long Total(GateLayout layout)
    {
        var config = layout.Config;
        return config.Layers * (Attention(config.Width, config.AttentionWidth) + Mlp(config.Width, config.HiddenWidth, config.Width));
    }

    private static long Attention(long width, long neurons) => (3 * width * neurons) + (3 * neurons) + (neurons * width) + width;

    private static long Mlp(long width, long hidden, long outputs) => (hidden * width) + hidden + (hidden * outputs) + outputs;
}
