using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace Nodal.Patching.Fast;

/// <summary>Loops over the rows of the residual stream, which is float32: x = x^c + δ.</summary>
internal static unsafe class StreamKernels<T>
    where T : unmanaged, IElement<T>
{
    /// <summary>x̂ of x^c + δ, rounded, the norm's reciprocals, and the change of x̂ from the ablated run's.</summary>
    /// <param name="work">Kernels and memory.</param>
    /// <param name="piece">The pairs.</param>
    /// <param name="spans">Which rows are whose.</param>
    /// <param name="ablated">x^c of a pair.</param>
    /// <param name="delta">(rows, d'): δ.</param>
    /// <param name="normed">(rows, d'), overwritten; rows of no pair become 0.</param>
    /// <param name="reciprocals">(1, rows), overwritten.</param>
    /// <returns>(rows, d'): x̂ − x̂^c, rounded; x̂ itself where the ablation has constants.</returns>
    public static Matrix<T> Normalize(
        Workspace<T> work, Piece<T> piece, RowSpans spans, Func<int, Rows<T>> ablated, Matrix<Float32Element> delta, Matrix<T> normed, Matrix<Float32Element> reciprocals)
    {
        var change = piece.Constant ? normed : work.Elements.Take(normed.Rows, normed.Columns);
        var width = work.Shape.Width;
        var x = stackalloc float[width];
        var closed = stackalloc float[width];
        foreach (var span in spans.Pairs)
        {
            var rows = ablated(span.Pair);
            for (var i = 0; i < span.Count; i++)
            {
                var row = span.First + i;
                RowKernels<T>.Widen(rows[i], closed, width);
                RowKernels<Float32Element>.Widen(delta.Row(row), x, width);
                TensorPrimitives.Add(new ReadOnlySpan<float>(x, width), new ReadOnlySpan<float>(closed, width), new Span<float>(x, width));
                ((float*)reciprocals.Data)[row] = work.Norm.Normalize(x);
                RowKernels<T>.Narrow(x, width, normed.Row(row), width);
                if (!piece.Constant)
                {
                    work.Norm.Normalize(closed);
                    TensorPrimitives.Subtract(new ReadOnlySpan<float>(x, width), new ReadOnlySpan<float>(closed, width), new Span<float>(x, width));
                    RowKernels<T>.Narrow(x, width, change.Row(row), width);
                }
            }
        }

        normed.ClearFrom(spans.Count);
        change.ClearFrom(spans.Count);
        return change;
    }

    /// <summary>Every row += vector, rounded again.</summary>
    public static void AddToEach(float[] vector, int rows, Matrix<T> matrix)
    {
        fixed (float* bias = vector)
        {
            for (var row = 0; row < rows; row++)
            {
                var target = matrix.Row(row);
                for (var i = 0; i < matrix.Columns; i += Lanes.Width)
                {
                    T.Store(T.Load(target + i) + Vector512.Load(bias + i), target + i);
                }
            }
        }
    }

    /// <summary>δ += what a block writes.</summary>
    public static void Add(Matrix<T> written, int rows, Matrix<Float32Element> delta)
    {
        for (var row = 0; row < rows; row++)
        {
            RowKernels<T>.Add(written.Row(row), (float*)delta.Row(row), delta.Columns);
        }
    }

    /// <summary>Σ over rows of ⟨row, vector⟩.</summary>
    public static double SumOfProducts(Matrix<Float32Element> rows, int count, float[] vector)
    {
        double sum = 0;
        for (var row = 0; row < count; row++)
        {
            sum += TensorPrimitives.Dot(new ReadOnlySpan<float>(rows.Row(row), vector.Length), vector);
        }

        return sum;
    }

    /// <summary>Every row += factor · vector.</summary>
    public static void AddToEach(float factor, float[] vector, int rows, Matrix<Float32Element> delta)
    {
        for (var row = 0; row < rows; row++)
        {
            var target = (float*)delta.Row(row);
            for (var i = 0; i < vector.Length; i++)
            {
                target[i] += factor * vector[i];
            }
        }
    }

    /// <summary>Float32 rows, rounded; rows of no pair become 0.</summary>
    public static void Narrow(Matrix<Float32Element> source, int rows, Matrix<T> target)
    {
        for (var row = 0; row < rows; row++)
        {
            RowKernels<T>.Narrow((float*)source.Row(row), source.Columns, target.Row(row), target.Columns);
        }

        target.ClearFrom(rows);
    }
}
