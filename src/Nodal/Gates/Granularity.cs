namespace Nodal.Gates;

/// <summary>The kind of a node, from whole blocks down to single neurons. Every layout has the first six; the last two are optional.</summary>
public enum Granularity
{
    /// <summary>The attention block of a layer, <c>a3</c>.</summary>
    AttentionBlock,

    /// <summary>One query head, <c>a3.h7</c>.</summary>
    Head,

    /// <summary>One dimension of one head's result, <c>a3.h7.d12</c>.</summary>
    AttentionNeuron,

    /// <summary>The MLP block of a layer, <c>m3</c>.</summary>
    MlpBlock,

    /// <summary>One hidden neuron, <c>m3.n512</c>.</summary>
    MlpHidden,

    /// <summary>One dimension the MLP writes to the residual stream, <c>m3.o17</c>.</summary>
    MlpOutput,

    /// <summary>A whole layer, <c>l3</c>: parent of both its blocks. Optional.</summary>
    Layer,

    /// <summary>What the clean embedding adds to the ablated one, <c>embed</c>: one node of the model, without parameters of its own. Optional.</summary>
    Embedding,
}
