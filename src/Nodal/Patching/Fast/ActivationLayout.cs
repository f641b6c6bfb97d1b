namespace Nodal.Patching.Fast;

/// <summary>Where an ablated run lies in memory, in bytes: its final stream, then layer after layer.</summary>
/// <remarks>In the last layer only the answer position matters beyond keys and values.</remarks>
internal sealed class ActivationLayout
{
    private readonly int _last;
    private readonly Sections _inner;
    private readonly Sections _outer;

    /// <param name="shape">The model's padded dimensions.</param>
    /// <param name="elementBytes">Of an element of what is not float32.</param>
    /// <param name="prefix">Tokens before the first under gates.</param>
    /// <param name="rows">Tokens from there on; of constants the classes of positions.</param>
    public ActivationLayout(EngineShape shape, int elementBytes, int prefix, int rows)
    {
        (Shape, Prefix, Rows, _last) = (shape, prefix, rows, shape.Config.Layers - 1);
        _inner = new Sections(shape, elementBytes, prefix, rows, rows);
        _outer = new Sections(shape, elementBytes, prefix, rows, 1);
    }

    public EngineShape Shape { get; }

    public int Prefix { get; }

    /// <summary>Rows kept of streams before attention; as many and the prefix of keys and values.</summary>
    public int Rows { get; }

    /// <summary>Bytes of it all.</summary>
    public long Bytes => Layer(_last) + _outer.Bytes;

    /// <summary>Rows kept of queries, head results and all that belongs to an MLP block.</summary>
    public int OutputRows(int layer) => layer == _last ? 1 : Rows;

    /// <summary>Bytes before a layer.</summary>
    public long Layer(int layer) => Align((long)Shape.Width * sizeof(float)) + (layer * _inner.Bytes);

    /// <summary>The parts of a layer.</summary>
    public Sections In(int layer) => layer == _last ? _outer : _inner;

    private static long Align(long bytes) => (bytes + 127) / 128 * 128;

    /// <summary>Bytes from the layer's start to each part.</summary>
    internal sealed class Sections
    {
        public Sections(EngineShape shape, int elementBytes, int prefix, int rows, int outputRows)
        {
            var sizes = LayerSizes.Whole(shape);
            long Next(long rowsOfIt, long columns, int bytes)
            {
                var start = Bytes;
                Bytes += Align(rowsOfIt * columns * bytes);
                return start;
            }

            StreamBeforeAttention = Next(rows, shape.Width, elementBytes);
            KeyValues = Next(prefix + rows, sizes.KeyValues, elementBytes);
            Queries = Next(outputRows, sizes.Queries, elementBytes);
            Heads = Next(outputRows, shape.AttentionWidth, sizeof(float));
            StreamBeforeMlp = Next(outputRows, shape.Width, elementBytes);
            Inputs = Next(outputRows, sizes.Inputs, elementBytes);
        }

        public long StreamBeforeAttention { get; }

        public long KeyValues { get; }

        public long Queries { get; }

        public long Heads { get; }

        public long StreamBeforeMlp { get; }

        public long Inputs { get; }

        public long Bytes { get; private set; }
    }
}
