namespace Nodal.Patching.Fast;

/// <summary>Where an ablated run lies in memory: its final stream, then layer after layer.</summary>
/// <param name="shape">The model's padded dimensions.</param>
/// <param name="prefix">Tokens before the first whose clean and ablated embeddings differ.</param>
/// <param name="rows">Rows kept from there on; 1 where one row stands for every position.</param>
internal sealed class ActivationLayout(EngineShape shape, int prefix, int rows)
{
    private readonly int _last = shape.Config.Layers - 1;

    public EngineShape Shape => shape;

    public int Prefix => prefix;

    public int Rows => rows;

    /// <summary>Bytes of the final stream, float32, before the layers.</summary>
    public long FinalStreamBytes => Align((long)shape.Width * sizeof(float));

    /// <summary>Bytes of it all.</summary>
    /// <param name="elementBytes">Of an element of the layers.</param>
    public long Bytes(int elementBytes) => FinalStreamBytes + Align((Layer(_last) + End(_last)) * elementBytes);

    /// <summary>Rows kept of what an attention block writes and of what an MLP block reads and holds: in the last layer the answer position's.</summary>
    public int OutputRows(int layer) => layer == _last ? 1 : rows;

    /// <summary>Elements before a layer.</summary>
    public long Layer(int layer) => layer * End(0);

    /// <summary>Elements from the layer's start, where the streams before attention lie.</summary>
    public long StreamBeforeMlp => (long)rows * shape.Width;

    /// <inheritdoc cref="StreamBeforeMlp"/>
    public long Heads(int layer) => StreamBeforeMlp + ((long)OutputRows(layer) * shape.Width);

    /// <inheritdoc cref="StreamBeforeMlp"/>
    public long Hidden(int layer) => Heads(layer) + ((long)OutputRows(layer) * shape.AttentionWidth);

    /// <inheritdoc cref="StreamBeforeMlp"/>
    public long PrefixKeyValues(int layer) => Hidden(layer) + ((long)OutputRows(layer) * shape.HiddenWidth);

    private long End(int layer) => PrefixKeyValues(layer) + (2L * prefix * shape.KeyWidth);

    private static long Align(long bytes) => (bytes + 127) / 128 * 128;
}
