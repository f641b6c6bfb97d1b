using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace Nodal.Patching.Fast;

/// <summary>Loops over the rows of the residual stream, which is float32: x = x^c + δ.</summary>
internal static unsafe class StreamKernels<T>
    where T : unmanaged, IElement<T>
{
    /// <summary>x̂ of x^c + δ, rounded, and the norm's reciprocals.</summary>
    /// <param name="work">Kernels and dimensions.</param>
    /// <param name="spans">Which rows are whose.</param>
    /// <param name="ablated">x^c of a pair.</param>
    /// <param name="delta">(rows, d'): δ.</param>
    /// <param name="normed">(rows, d'), overwritten; rows of no pair become 0.</param>
    /// <param name="reciprocals">(1, rows), overwritten.</param>
    public static void Normalize(
        Workspace<T> work, RowSpans spans, Func<int, Rows<T>> ablated, Matrix<Float32Element> delta, Matrix<T> normed, Matrix<Float32Element> reciprocals)
    {
        var width = work.Shape.Width;
        var x = stackalloc float[width];
        foreach (var span in spans.Pairs)
        {
            var rows = ablated(span.Pair);
            for (var i = 0; i < span.Count; i++)
            {
                var stream = rows[i];
                var difference = (float*)delta.Row(span.First + i);
                for (var column = 0; column < width; column += Lanes.Width)
                {
                    (T.Load(stream + column) + Vector512.Load(difference + column)).Store(x + column);
                }

                ((float*)reciprocals.Data)[span.First + i] = work.Norm.Normalize(x);
                RowKernels<T>.Narrow(x, width, normed.Row(span.First + i), width);
            }
        }

        normed.ClearFrom(spans.Count);
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
