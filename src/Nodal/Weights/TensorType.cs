namespace Nodal.Weights;

/// <summary>Storage types of safetensors and GGUF tensors that Nodal reads; the names are the formats' own.</summary>
public enum TensorType
{
    /// <summary>IEEE double.</summary>
    F64,

    /// <summary>IEEE single.</summary>
    F32,

    /// <summary>IEEE half.</summary>
    F16,

    /// <summary>The upper half of an IEEE single.</summary>
    BF16,

    /// <summary>Signed 64-bit integer.</summary>
    I64,

    /// <summary>Signed 32-bit integer.</summary>
    I32,

    /// <summary>Signed 16-bit integer.</summary>
    I16,

    /// <summary>Signed 8-bit integer.</summary>
    I8,

    /// <summary>Unsigned 8-bit integer.</summary>
    U8,

    /// <summary>One byte, 0 or 1.</summary>
    Bool,

    /// <summary>GGUF: 32 weights, 4 bits, scale.</summary>
    Q4_0,

    /// <summary>GGUF: 32 weights, 4 bits, scale and minimum.</summary>
    Q4_1,

    /// <summary>GGUF: 32 weights, 5 bits, scale.</summary>
    Q5_0,

    /// <summary>GGUF: 32 weights, 5 bits, scale and minimum.</summary>
    Q5_1,

    /// <summary>GGUF: 32 weights, 8 bits, scale.</summary>
    Q8_0,

    /// <summary>GGUF k-quant: 256 weights, 2 bits.</summary>
    Q2_K,

    /// <summary>GGUF k-quant: 256 weights, 3 bits.</summary>
    Q3_K,

    /// <summary>GGUF k-quant: 256 weights, 4 bits.</summary>
    Q4_K,

    /// <summary>GGUF k-quant: 256 weights, 5 bits.</summary>
    Q5_K,

    /// <summary>GGUF k-quant: 256 weights, 6 bits.</summary>
    Q6_K,
}
