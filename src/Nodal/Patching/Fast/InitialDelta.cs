using System.Numerics.Tensors;
using Nodal.Models;

namespace Nodal.Patching.Fast;

/// <summary>δ_0: what the clean embedding adds to the ablated stream.</summary>
internal sealed unsafe class InitialDelta(Transformer model) : IDisposable
{
    private readonly FloatTensor _tokens = new(model.Weights.TokenEmbedding);
    private readonly FloatTensor? _positions = model.Weights.PositionEmbedding is { } positions ? new FloatTensor(positions) : null;

    /// <summary>Sets δ of every position of every pair.</summary>
    public void Set<T>(Piece<T> piece, Matrix<Float32Element> delta)
        where T : unmanaged, IElement<T>
    {
        delta.ClearFrom(0);
        foreach (var span in piece.All.Pairs)
        {
            var (pair, constant) = (piece.Pairs[span.Pair].Pair, piece.Constant);
            for (var i = 0; i < span.Count; i++)
            {
                var position = span.Position + i;
                var row = new Span<float>(delta.Row(span.First + i), _tokens.Columns);
                if (constant)
                {
                    Row(_tokens, pair.Clean[position]).CopyTo(row);
                    if (_positions is not null)
                    {
                        TensorPrimitives.Add(row, Row(_positions, position), row);
                    }
                }
                else if (pair.Clean[position] != pair.Corrupted[position])
                {
                    TensorPrimitives.Subtract(Row(_tokens, pair.Clean[position]), Row(_tokens, pair.Corrupted[position]), row);
                }
            }
        }
    }

    public void Dispose()
    {
        _tokens.Dispose();
        _positions?.Dispose();
    }

    private static ReadOnlySpan<float> Row(FloatTensor table, int row) => new(table.Row(row), table.Columns);
}
