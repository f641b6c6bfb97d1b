namespace Nodal.Patching;

/// <summary>In what the fast engine keeps weights and activations while it trains; stream, norms, softmax, loss and the gradients of gates are float32 always.</summary>
public enum EnginePrecision
{
    /// <summary>bfloat16 where the processor multiplies it faster (AVX-512 BF16 or AMX), else float32.</summary>
    Auto,

    /// <summary>IEEE single precision.</summary>
    Float32,

    /// <summary>The upper half of a float32.</summary>
    BFloat16,
}
