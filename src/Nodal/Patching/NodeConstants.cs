using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>What closed nodes output where that is a constant.</summary>
/// <param name="Layout">Where each stands.</param>
/// <param name="Values">(constants).</param>
internal sealed record NodeConstants(ConstantLayout Layout, double[] Values)
{
    /// <summary>(constants): what they were before any training.</summary>
    public double[] Initial { get; } = [.. Values];

    /// <summary>Some of them as a tensor, in the caller's dispose scope.</summary>
    /// <param name="span">Of the layout.</param>
    /// <param name="precision">The model's.</param>
    /// <returns>(classes, …).</returns>
    public Tensor Tensor(Range span, ScalarType precision)
    {
        using var wide = tensor(Values[span]);
        return wide.view(Layout.Classes, -1).to(precision);
    }
}
