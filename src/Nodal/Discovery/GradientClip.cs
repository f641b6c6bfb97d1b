using System.Numerics.Tensors;

namespace Nodal.Discovery;

/// <summary>Shortens a gradient that is too long, as PyTorch's clip_grad_norm_ does it.</summary>
internal static class GradientClip
{
    /// <summary>Added to the norm by PyTorch, against a division by 0.</summary>
    private const double Epsilon = 1e-6;

    /// <param name="gradient">Overwritten where its Euclidean norm is above the largest.</param>
    /// <param name="largest">Norm it may have.</param>
    public static void Apply(Span<double> gradient, double largest)
    {
        var factor = largest / (TensorPrimitives.Norm<double>(gradient) + Epsilon);
        if (factor < 1)
        {
            TensorPrimitives.Multiply(gradient, factor, gradient);
        }
    }
}
