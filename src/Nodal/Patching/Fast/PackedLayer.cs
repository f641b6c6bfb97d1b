namespace Nodal.Patching.Fast;

/// <summary>The frozen weights of one layer as the fast engine reads them: the scale of the norm before a map is in its weights, and whatever belongs to one node is a row.</summary>
/// <remarks>d', e', h': padded widths (<see cref="Lanes"/>) of the stream, a head and the hidden neurons; H heads, K key/value heads.</remarks>
internal sealed unsafe record PackedLayer<T>
    where T : unmanaged, IElement<T>
{
    /// <summary>(H e', d').</summary>
    public required Matrix<T> Query { get; init; }

    /// <summary>(K e' + K e', d'): keys, then values.</summary>
    public required Matrix<T> KeyValue { get; init; }

    /// <summary>(H e, d'): W_o transposed.</summary>
    public required Matrix<T> Output { get; init; }

    /// <summary>(2 h', d'): gate, then up; (h', d') where the MLP is not gated.</summary>
    public required Matrix<T> Inputs { get; init; }

    /// <summary>(h', d'): W_down transposed.</summary>
    public required Matrix<T> Down { get; init; }

    /// <summary>(H e'), 0 without biases and shifts.</summary>
    public required float[] QueryBias { get; init; }

    /// <summary>(K e' + K e').</summary>
    public required float[] KeyValueBias { get; init; }

    /// <summary>(2 h') or (h').</summary>
    public required float[] InputBias { get; init; }
}
