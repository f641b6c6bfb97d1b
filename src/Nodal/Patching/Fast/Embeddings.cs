using System.Numerics.Tensors;
using Nodal.Models;

namespace Nodal.Patching.Fast;

/// <summary>Embeddings of single tokens, and δ_0: what the clean embedding adds to the ablated stream.</summary>
internal sealed unsafe class Embeddings(Transformer model) : IDisposable
{
    private readonly FloatTensor _tokens = new(model.Weights.TokenEmbedding);
    private readonly FloatTensor? _positions = model.Weights.PositionEmbedding is { } positions ? new FloatTensor(positions) : null;

    /// <summary>The stream before the first layer.</summary>
    /// <param name="token">Its id.</param>
    /// <param name="position">Where it stands.</param>
    /// <param name="stream">(d' or more), its first d overwritten.</param>
    public void Set(int token, int position, float* stream)
    {
        var row = new Span<float>(stream, _tokens.Columns);
        Row(_tokens, token).CopyTo(row);
        if (_positions is not null)
        {
            TensorPrimitives.Add(row, Row(_positions, position), row);
        }
    }

    /// <summary>Sets δ of every position of every pair to a part of δ_0.</summary>
    /// <param name="piece">The pairs.</param>
    /// <param name="gate">How much of δ_0.</param>
    /// <param name="delta">(rows, d'), overwritten.</param>
    public void SetDelta<T>(Piece<T> piece, float gate, Matrix<Float32Element> delta)
        where T : unmanaged, IElement<T>
    {
        delta.ClearFrom(0);
        ForEach(piece, (span, i) =>
        {
            var row = delta.Row(span.First + i);
            SetDelta(piece.Pairs[span.Pair], span.Position + i, piece.Constant, (float*)row);
            if (gate != 1)
            {
                TensorPrimitives.Multiply(new ReadOnlySpan<float>(row, _tokens.Columns), gate, new Span<float>(row, _tokens.Columns));
            }
        });
    }

    /// <summary>Σ over rows of ⟨gradient, δ_0⟩: the gradient for the embedding's gate.</summary>
    /// <param name="piece">The pairs.</param>
    /// <param name="gradient">(rows, d'): for δ before the first layer.</param>
    public double DeltaGradient<T>(Piece<T> piece, Matrix<Float32Element> gradient)
        where T : unmanaged, IElement<T>
    {
        var delta = new float[_tokens.Columns];
        var sum = 0.0;
        ForEach(piece, (span, i) =>
        {
            Array.Clear(delta);
            fixed (float* row = delta)
            {
                SetDelta(piece.Pairs[span.Pair], span.Position + i, piece.Constant, row);
            }

            sum += TensorPrimitives.Dot(new ReadOnlySpan<float>(gradient.Row(span.First + i), _tokens.Columns), delta);
        });
        return sum;
    }

    public void Dispose()
    {
        _tokens.Dispose();
        _positions?.Dispose();
    }

    private static void ForEach<T>(Piece<T> piece, Action<RowSpan, int> action)
        where T : unmanaged, IElement<T>
    {
        foreach (var span in piece.All.Pairs)
        {
            for (var i = 0; i < span.Count; i++)
            {
                action(span, i);
            }
        }
    }

    private void SetDelta<T>(PairActivations<T> activations, int position, bool constant, float* delta)
        where T : unmanaged, IElement<T>
    {
        var pair = activations.Pair;
        if (constant)
        {
            Set(pair.Clean[position], position, delta);
            var closed = activations.Ablated.StreamBeforeAttention(0)[position];
            for (var i = 0; i < _tokens.Columns; i++)
            {
                delta[i] -= T.Widen(closed[i]);
            }
        }
        else if (pair.Clean[position] != pair.Corrupted[position])
        {
            TensorPrimitives.Subtract(Row(_tokens, pair.Clean[position]), Row(_tokens, pair.Corrupted[position]), new Span<float>(delta, _tokens.Columns));
        }
    }

    private static ReadOnlySpan<float> Row(FloatTensor table, int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, table.Rows);
        return new(table.Row(row), table.Columns);
    }
}
