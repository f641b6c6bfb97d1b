using System.Numerics.Tensors;
using Nodal.Runtime;
using Nodal.Tasks;
using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>The gradient by <see cref="PlainEngine"/>: pieces of a batch side by side, one per worker.</summary>
/// <param name="pool">The training pairs; owned.</param>
/// <param name="engine">The engine.</param>
/// <param name="workers">Threads.</param>
/// <param name="learned">Whose constants are trained too, or <see langword="null"/>.</param>
internal sealed class PlainGateGradient(PairPool pool, PlainEngine engine, Workers workers, ConstantAblation? learned = null) : IGateGradient
{
    public IReadOnlyList<EncodedPair> Pairs => pool.Pairs;

    public TrainedConstants? Constants { get; } = learned is null ? null : new TrainedConstants(learned);

    public double Step(int[] batch, GateValues gates, Span<double> gradient)
    {
        using var scope = NewDisposeScope();
        var count = gradient.Length;
        var parts = workers.Map([.. pool.Take(batch)], piece =>
        {
            var (part, constants) = (new double[count], new double[Constants?.Gradient.Length ?? 0]);
            return (Pairs: piece.Pairs.Length, Kl: engine.Step(piece, gates, part, learned, constants), Gradient: part, Constants: constants);
        });
        gradient.Clear();
        Constants?.Gradient.AsSpan().Clear();
        foreach (var part in parts)
        {
            var share = (double)part.Pairs / batch.Length;
            TensorPrimitives.MultiplyAdd(part.Gradient, share, gradient, gradient);
            if (Constants is not null)
            {
                TensorPrimitives.MultiplyAdd(part.Constants, share, Constants.Gradient, Constants.Gradient);
            }
        }

        return parts.Sum(part => part.Kl * part.Pairs) / batch.Length;
    }

    public void Dispose() => pool.Dispose();
}
