using System.Runtime.Intrinsics;

namespace Nodal.Patching.Fast;

/// <summary>Loops over matrices with one gate for each column.</summary>
internal static unsafe class ColumnKernels<T>
    where T : unmanaged, IElement<T>
{
    /// <summary>target = source ⊙ factors; may be the same matrix.</summary>
    public static void Multiply(Matrix<T> source, float[] factors, Matrix<T> target)
    {
        fixed (float* factor = factors)
        {
            for (var row = 0; row < source.Rows; row++)
            {
                var from = source.Row(row);
                var to = target.Row(row);
                for (var i = 0; i < source.Columns; i += Lanes.Width)
                {
                    T.Store(T.Load(from + i) * Vector512.Load(factor + i), to + i);
                }
            }
        }
    }

    /// <summary>(columns): Σ over rows of left ⊙ right, in float32.</summary>
    public static float[] SumOfProducts(Matrix<T> left, Matrix<T> right, int rows)
    {
        var sums = new float[left.Columns];
        fixed (float* sum = sums)
        {
            for (var row = 0; row < rows; row++)
            {
                var a = left.Row(row);
                var b = right.Row(row);
                for (var i = 0; i < left.Columns; i += Lanes.Width)
                {
                    Vector512.FusedMultiplyAdd(T.Load(a + i), T.Load(b + i), Vector512.Load(sum + i)).Store(sum + i);
                }
            }
        }

        return sums;
    }
}
