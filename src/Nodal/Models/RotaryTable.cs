using static TorchSharp.torch;

namespace Nodal.Models;

/// <summary>Cosines and sines of every position, and the rotation of queries and keys by them.</summary>
internal sealed class RotaryTable : IDisposable
{
    private readonly Tensor _cos;
    private readonly Tensor _sin;

    public RotaryTable(double[] frequencies, int contextLength, ScalarType precision)
    {
        using var scope = NewDisposeScope();
        var positions = tensor(Enumerable.Range(0, contextLength).Select(position => (double)position).ToArray()).unsqueeze(1);   // (t, 1)
        var angles = positions * tensor(frequencies).unsqueeze(0);                              // (t, e/2)
        var doubled = cat([angles, angles], 1);                                                 // (t, e)
        _cos = doubled.cos().to(precision).DetachFromDisposeScope();
        _sin = doubled.sin().to(precision).DetachFromDisposeScope();
    }

    /// <summary>Rotates each pair (i, i + e/2) of a head by its position's angle.</summary>
    /// <param name="heads">(b, h, t, e).</param>
    public Tensor Apply(Tensor heads)
    {
        using var scope = NewDisposeScope();
        var tokens = heads.shape[2];
        var half = heads.shape[3] / 2;
        var turned = cat([heads.narrow(3, half, half).neg(), heads.narrow(3, 0, half)], 3);
        var rotated = (heads * _cos.narrow(0, 0, tokens)).Plus(turned * _sin.narrow(0, 0, tokens));
        return rotated.MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        _cos.Dispose();
        _sin.Dispose();
    }
}
