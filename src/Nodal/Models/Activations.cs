using TorchSharp;
using static TorchSharp.torch;

namespace Nodal.Models;

/// <summary>Non-linearities libtorch's .NET binding lacks.</summary>
internal static class Activations
{
    private static readonly Scalar _cubic = 0.044715.ToScalar();
    private static readonly Scalar _scale = Math.Sqrt(2 / Math.PI).ToScalar();
    private static readonly Scalar _one = 1.0.ToScalar();
    private static readonly Scalar _half = 0.5.ToScalar();

    /// <summary>½ x (1 + tanh(√(2/π) (x + 0.044715 x³))), GPT-2's <c>gelu_new</c>.</summary>
    public static Tensor GeluTanh(Tensor x)
    {
        using var scope = NewDisposeScope();
        var cube = x * x * x;
        var inner = x.Plus(cube.mul(_cubic)).mul(_scale);
        return (x.mul(_half) * inner.tanh().Plus(_one)).MoveToOuterDisposeScope();
    }
}
