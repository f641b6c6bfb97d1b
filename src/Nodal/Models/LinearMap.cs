using static TorchSharp.torch;

namespace Nodal.Models;

/// <summary>A frozen linear map y = W x + b.</summary>
/// <param name="Weight">(out, in).</param>
/// <param name="Bias">(out), or <see langword="null"/>.</param>
internal sealed record LinearMap(Tensor Weight, Tensor? Bias = null) : IDisposable
{
    /// <summary>(…, in) to (…, out).</summary>
    public Tensor Apply(Tensor x) => nn.functional.linear(x, Weight, Bias);

    /// <summary>(…, in) to (…, out), without the bias.</summary>
    public Tensor ApplyWithoutBias(Tensor x) => nn.functional.linear(x, Weight);

    public void Dispose()
    {
        Weight.Dispose();
        Bias?.Dispose();
    }
}
