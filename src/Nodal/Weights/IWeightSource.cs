namespace Nodal.Weights;

/// <summary>Named tensors of a model file (safetensors or GGUF), memory-mapped and checked as untrusted input.</summary>
public interface IWeightSource : IDisposable
{
    /// <summary>All tensors by name.</summary>
    IReadOnlyDictionary<string, TensorEntry> Entries { get; }

    /// <summary>
    /// Key-value metadata of the file. GGUF: <see cref="string"/>, <see cref="bool"/>, <see cref="double"/>, <see cref="float"/>, integers in
    /// their own width, and arrays of these. Safetensors: the strings of <c>__metadata__</c>.
    /// </summary>
    IReadOnlyDictionary<string, object> Metadata { get; }

    /// <summary>The files the tensors come from, in a stable order; their contents make the model's hash.</summary>
    IReadOnlyList<string> Files { get; }

    /// <summary>Converts (dequantises) one whole tensor to float32 in row-major order.</summary>
    /// <param name="name">A key of <see cref="Entries"/>.</param>
    /// <param name="destination">Exactly <see cref="TensorEntry.Elements"/> elements.</param>
    void ReadFloat32(string name, Span<float> destination);

    /// <summary>Converts (dequantises) one whole tensor to float64 in row-major order; exact for F64, else through float32.</summary>
    /// <inheritdoc cref="ReadFloat32"/>
    void ReadFloat64(string name, Span<double> destination);

    /// <summary>Reads one integer tensor (I8…I64, U8) widened to int64.</summary>
    /// <inheritdoc cref="ReadFloat32"/>
    void ReadInt64(string name, Span<long> destination);
}
