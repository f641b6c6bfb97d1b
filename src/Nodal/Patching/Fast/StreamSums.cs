using System.Numerics.Tensors;

namespace Nodal.Patching.Fast;

/// <summary>Gradients for the residual stream after each block, summed over all positions of a class: all that the gradient of constants needs of the backward pass.</summary>
/// <param name="layers">Of the model.</param>
/// <param name="classes">Of positions.</param>
/// <param name="width">d'.</param>
internal sealed unsafe class StreamSums(int layers, int classes, int width)
{
    private readonly float[] _sums = new float[2 * layers * classes * width];

    /// <summary>(classes, d'): after an attention block.</summary>
    public Span<float> AfterAttention(int layer) => Block(2 * layer);

    /// <summary>(classes, d'): after an MLP block.</summary>
    public Span<float> AfterMlp(int layer) => Block((2 * layer) + 1);

    /// <summary>Starts anew.</summary>
    public void Clear() => Array.Clear(_sums);

    /// <summary>Adds those of other pairs.</summary>
    public void Add(StreamSums other) => TensorPrimitives.Add(_sums, other._sums, _sums);

    /// <summary>Adds the rows of a piece to those of a block.</summary>
    /// <param name="block">(classes, d').</param>
    /// <param name="piece">The pairs.</param>
    /// <param name="spans">Which rows are whose.</param>
    /// <param name="gradient">(rows, d').</param>
    public void Add<T>(Span<float> block, Piece<T> piece, RowSpans spans, Matrix<Float32Element> gradient)
        where T : unmanaged, IElement<T>
    {
        foreach (var span in spans.Pairs)
        {
            var kinds = piece.Pairs[span.Pair].Ablated.Classes;
            for (var i = 0; i < span.Count; i++)
            {
                var own = block.Slice((kinds?[span.Position + i] ?? 0) * width, width);
                TensorPrimitives.Add(own, new ReadOnlySpan<float>(gradient.Row(span.First + i), width), own);
            }
        }
    }

    private Span<float> Block(int block) => _sums.AsSpan(block * classes * width, classes * width);
}
