namespace Nodal.Weights;

/// <summary>How elements of a <see cref="TensorType"/> lie in a file: blocks of so many elements in so many bytes; rows hold whole blocks.</summary>
internal readonly record struct TensorFormat(int BlockElements, int BlockBytes)
{
    public static TensorFormat Of(TensorType type) => type switch
    {
        TensorType.F64 or TensorType.I64 => new(1, 8),
        TensorType.F32 or TensorType.I32 => new(1, 4),
        TensorType.F16 or TensorType.BF16 or TensorType.I16 => new(1, 2),
        TensorType.I8 or TensorType.U8 or TensorType.Bool => new(1, 1),
        TensorType.Q4_0 => new(32, 18),
        TensorType.Q4_1 => new(32, 20),
        TensorType.Q5_0 => new(32, 22),
        TensorType.Q5_1 => new(32, 24),
        TensorType.Q8_0 => new(32, 34),
        TensorType.Q2_K => new(256, 84),
        TensorType.Q3_K => new(256, 110),
        TensorType.Q4_K => new(256, 144),
        TensorType.Q5_K => new(256, 176),
        TensorType.Q6_K => new(256, 210),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "a type without a format"),
    };

    /// <summary>Whether the innermost dimension holds whole blocks; a scalar is a row of one.</summary>
    public bool FitsRows(ReadOnlySpan<long> shape) => (shape.IsEmpty ? 1 : shape[^1]) % BlockElements == 0;

    /// <summary>Bytes of a tensor whose rows hold whole blocks, or <see langword="null"/> where its elements or bytes are beyond 2^63.</summary>
    /// <param name="shape">Outermost first, nothing negative.</param>
    public long? Bytes(ReadOnlySpan<long> shape)
    {
        Int128 elements = 1;
        foreach (var size in shape)
        {
            elements *= size;
            if (elements > long.MaxValue)
            {
                return null;
            }
        }

        var bytes = elements / BlockElements * BlockBytes;
        return bytes > long.MaxValue ? null : (long)bytes;
    }
}
