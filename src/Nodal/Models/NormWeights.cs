using static TorchSharp.torch;

namespace Nodal.Models;

/// <summary>A norm's scale and shift.</summary>
/// <param name="Scale">(d).</param>
/// <param name="Shift">(d), or <see langword="null"/>.</param>
internal sealed record NormWeights(Tensor Scale, Tensor? Shift = null) : IDisposable
{
    /// <summary>What stands where a model has no normalisation: a scale of ones.</summary>
    public static NormWeights Identity(int width, ScalarType precision) => new(ones(width, dtype: precision));

    public void Dispose()
    {
        Scale.Dispose();
        Shift?.Dispose();
    }
}
