namespace Nodal.Models;

/// <summary>The normalisation before each block and before the LM head.</summary>
public enum NormKind
{
    /// <summary>Subtract the mean, divide by the standard deviation, scale, shift.</summary>
    LayerNorm,

    /// <summary>Divide by the root mean square, scale.</summary>
    RmsNorm,

    /// <summary>None: blocks and LM head read the residual stream as it is (compiled transformers).</summary>
    None,
}
