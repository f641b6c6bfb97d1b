namespace Nodal.Patching.Fast;

/// <summary>The ablated run of a pair from the first token under gates on, or constants: a row for each class of positions, which all pairs share.</summary>
/// <remarks>
/// <para>Where no position sees one after it, δ is 0 in every layer before the first token whose clean and ablated embeddings differ: of those positions only keys and values matter, and they
/// hold no gate.</para>
/// <para>Kept is what is linear in the normalised stream, so that products need only carry the change from it, and rounding is in proportion to the change; head results are float32, for they
/// are subtracted. Hidden activations follow from the projections.</para>
/// </remarks>
internal sealed unsafe class AblatedActivations<T>
    where T : unmanaged, IElement<T>
{
    private readonly byte* _data;
    private readonly LayerSizes _sizes;

    /// <param name="layout">Where things lie.</param>
    /// <param name="data">The memory; not owned.</param>
    public AblatedActivations(ActivationLayout layout, byte* data)
    {
        (Layout, _sizes) = (layout, LayerSizes.Whole(layout.Shape));
        _data = data;
    }

    public ActivationLayout Layout { get; }

    /// <summary>The constants of the ablation beside those kept here, or <see langword="null"/> where a run is the pair's own.</summary>
    public ConstantHidden? Constants { get; init; }

    /// <summary>(tokens): the class of each position of the pair, where constants have more than one; else <see langword="null"/>.</summary>
    public int[]? Classes { get; init; }

    /// <summary>(h'): h^c of a row where it is a constant, else <see langword="null"/>: then it follows from <see cref="Inputs"/>.</summary>
    /// <param name="layer">0-based.</param>
    /// <param name="row">Of the pair; in the last layer the answer's alone, whose class is the last.</param>
    public float[]? Hidden(int layer, int row) => Constants?.Layers[layer][Classes is null ? 0 : Layout.OutputRows(layer) == 1 ? Layout.Rows - 1 : Classes[row]];

    /// <summary>(d'): the ablated stream after the last layer at the answer position.</summary>
    public float* FinalStream => (float*)_data;

    /// <summary>(rows, d'): the ablated stream before an attention block.</summary>
    public Rows<T> StreamBeforeAttention(int layer) => Of<T>(layer, Layout.In(layer).StreamBeforeAttention, Layout.Shape.Width, Layout.Rows);

    /// <summary>(prefix + rows, keys + values): projections of every position, biases added.</summary>
    public Rows<T> KeyValues(int layer) => Of<T>(layer, Layout.In(layer).KeyValues, _sizes.KeyValues, Layout.Rows);

    /// <summary>(rows, queries): projections, biases added; in the last layer of the answer position only, as what follows.</summary>
    public Rows<T> Queries(int layer) => Of<T>(layer, Layout.In(layer).Queries, _sizes.Queries, Layout.OutputRows(layer));

    /// <summary>(rows, z'): ablated head results.</summary>
    public Rows<Float32Element> Heads(int layer) => Of<Float32Element>(layer, Layout.In(layer).Heads, Layout.Shape.AttentionWidth, Layout.OutputRows(layer));

    /// <summary>(rows, d'): the ablated stream before an MLP block.</summary>
    public Rows<T> StreamBeforeMlp(int layer) => Of<T>(layer, Layout.In(layer).StreamBeforeMlp, Layout.Shape.Width, Layout.OutputRows(layer));

    /// <summary>(rows, 2 h') or (rows, h'): projections into the hidden neurons, biases added.</summary>
    public Rows<T> Inputs(int layer) => Of<T>(layer, Layout.In(layer).Inputs, _sizes.Inputs, Layout.OutputRows(layer));

    /// <param name="layer">0-based.</param>
    /// <param name="offset">Where the rows begin in it.</param>
    /// <param name="width">Elements of a row.</param>
    /// <param name="kept">How many are kept.</param>
    private Rows<TElement> Of<TElement>(int layer, long offset, int width, int kept)
        where TElement : unmanaged, IElement<TElement> =>
        new((TElement*)(_data + Layout.Layer(layer) + offset), Constants is null || kept > 1 ? width : 0, kept > 1 ? Classes : null);
}
