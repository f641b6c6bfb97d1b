using System.Runtime.Intrinsics;
using Nodal.Models;

namespace Nodal.Patching.Fast;

/// <summary>LayerNorm or RMSNorm of one row without scale and shift, or nothing where the model has no norm, and the gradient through it.</summary>
/// <remarks>
/// x̂ = (x − μ) / sqrt(mean((x − μ)²) + ε), with μ = 0 for RMSNorm (Zhang and Sennrich 2019, arXiv 1910.07467). With r the reciprocal root,
/// dx = r (dx̂ − mean(dx̂) − x̂ mean(dx̂ ⊙ x̂)), the first mean 0 for RMSNorm.
/// </remarks>
internal sealed unsafe class NormKernel(ModelConfig config)
{
    private readonly bool _none = config.Norm == NormKind.None;
    private readonly bool _centers = config.Norm == NormKind.LayerNorm;
    private readonly int _width = config.Width;
    private readonly int _padded = Lanes.Pad(config.Width);
    private readonly float _epsilon = (float)config.NormEpsilon;

    /// <summary>Normalises in place.</summary>
    /// <param name="x">(d'); 0 beyond d, before and after.</param>
    /// <returns>r.</returns>
    public float Normalize(float* x)
    {
        if (_none)
        {
            return 1;
        }

        if (_centers)
        {
            Center(x);
        }

        var squares = Vector512<float>.Zero;
        for (var i = 0; i < _padded; i += Lanes.Width)
        {
            var value = Vector512.Load(x + i);
            squares = Vector512.FusedMultiplyAdd(value, value, squares);
        }

        var reciprocal = 1 / MathF.Sqrt((Vector512.Sum(squares) / _width) + _epsilon);
        for (var i = 0; i < _padded; i += Lanes.Width)
        {
            (Vector512.Load(x + i) * reciprocal).Store(x + i);
        }

        return reciprocal;
    }

    /// <summary>Adds the gradient for x to what is there.</summary>
    /// <param name="normed">(d'): x̂.</param>
    /// <param name="reciprocal">r.</param>
    /// <param name="gradient">(d'): dx̂; 0 beyond d.</param>
    /// <param name="target">(d'): dx.</param>
    public void AddGradient<T>(T* normed, float reciprocal, float* gradient, float* target)
        where T : unmanaged, IElement<T>
    {
        if (_none)
        {
            RowKernels<Float32Element>.Add((Float32Element*)gradient, target, _padded);
            return;
        }

        var (sum, product) = (Vector512<float>.Zero, Vector512<float>.Zero);
        for (var i = 0; i < _padded; i += Lanes.Width)
        {
            var value = Vector512.Load(gradient + i);
            sum += value;
            product = Vector512.FusedMultiplyAdd(value, T.Load(normed + i), product);
        }

        var mean = Vector512.Create(_centers ? Vector512.Sum(sum) / _width : 0);
        var along = Vector512.Create(-Vector512.Sum(product) / _width);
        var scale = Vector512.Create(reciprocal);
        for (var i = 0; i < _padded; i += Lanes.Width)
        {
            var direction = Vector512.FusedMultiplyAdd(T.Load(normed + i), along, Vector512.Load(gradient + i) - mean);
            Vector512.FusedMultiplyAdd(direction, scale, Vector512.Load(target + i)).Store(target + i);
        }
    }

    private void Center(float* x)
    {
        var sum = Vector512<float>.Zero;
        for (var i = 0; i < _padded; i += Lanes.Width)
        {
            sum += Vector512.Load(x + i);
        }

        var mean = Vector512.Create(Vector512.Sum(sum) / _width);
        for (var i = 0; i < _padded; i += Lanes.Width)
        {
            (Vector512.Load(x + i) - mean).Store(x + i);
        }

        new Span<float>(x + _width, _padded - _width).Clear();
    }
}
