namespace Nodal.Patching.Fast;

/// <summary>The ablated run of a pair from the first token on that differs, or the constants that stand for every position of every pair.</summary>
/// <remarks>
/// Before the first token whose clean and ablated embeddings differ, δ is 0 in every layer: of those positions only keys and values matter, and they hold no gate.
/// In the last layer only the answer position matters beyond keys and values.
/// </remarks>
/// <param name="layout">Where things lie.</param>
/// <param name="data">The memory; not owned.</param>
/// <param name="constant">Whether one row stands for all.</param>
internal sealed unsafe class AblatedActivations<T>(ActivationLayout layout, byte* data, bool constant)
    where T : unmanaged, IElement<T>
{
    private readonly T* _layers = (T*)(data + layout.FinalStreamBytes);

    public ActivationLayout Layout => layout;

    /// <summary>(d'): the ablated stream after the last layer at the answer position.</summary>
    public float* FinalStream => (float*)data;

    /// <summary>(rows, d'): the ablated stream before an attention block.</summary>
    public Rows<T> StreamBeforeAttention(int layer) => Of(layer, 0, layout.Shape.Width);

    /// <summary>(rows, d'): the ablated stream before an MLP block; in the last layer of the answer position only, as the next two.</summary>
    public Rows<T> StreamBeforeMlp(int layer) => Of(layer, layout.StreamBeforeMlp, layout.Shape.Width);

    /// <summary>(rows, z'): ablated head results.</summary>
    public Rows<T> Heads(int layer) => Of(layer, layout.Heads(layer), layout.Shape.AttentionWidth);

    /// <summary>(rows, h'): ablated hidden activations.</summary>
    public Rows<T> Hidden(int layer) => Of(layer, layout.Hidden(layer), layout.Shape.HiddenWidth);

    /// <summary>(prefix, K e' + K e'): projected keys, then values, of the positions before the first difference, without bias and rotation.</summary>
    public Rows<T> PrefixKeyValues(int layer) => Of(layer, layout.PrefixKeyValues(layer), 2 * layout.Shape.KeyWidth);

    private Rows<T> Of(int layer, long offset, int width) => new(_layers + layout.Layer(layer) + offset, constant ? 0 : width);
}
