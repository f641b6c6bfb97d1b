using System.Numerics.Tensors;
using Nodal.Runtime;
using Nodal.Tasks;
using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>The gradient by <see cref="PlainEngine"/>: pieces of a batch side by side, one per worker.</summary>
/// <param name="pool">The training pairs; owned.</param>
/// <param name="engine">The engine.</param>
/// <param name="workers">Threads.</param>
internal sealed class PlainGateGradient(PairPool pool, PlainEngine engine, Workers workers) : IGateGradient
{
    public IReadOnlyList<EncodedPair> Pairs => pool.Pairs;

    public double Step(int[] batch, GateValues gates, Span<double> gradient)
    {
        using var scope = NewDisposeScope();
        var count = gradient.Length;
        var parts = workers.Map([.. pool.Take(batch)], piece =>
        {
            var part = new double[count];
            return (Pairs: piece.Pairs.Length, Kl: engine.Step(piece, gates, part), Gradient: part);
        });
        gradient.Clear();
        foreach (var part in parts)
        {
            TensorPrimitives.MultiplyAdd(part.Gradient, (double)part.Pairs / batch.Length, gradient, gradient);
        }

        return parts.Sum(part => part.Kl * part.Pairs) / batch.Length;
    }

    public void Dispose() => pool.Dispose();
}
