using System.Runtime.Intrinsics;

namespace Nodal.Patching.Fast;

/// <summary>Products of the small float32 matrices of attention, for which a call of libtorch would cost more than the work.</summary>
internal static unsafe class SmallProduct
{
    /// <summary>c = a · b, or c += a · b; (m, n) from (m, k) and (k, n).</summary>
    /// <param name="a">Its elements may lie at any steps, so that it can be a transposed matrix.</param>
    /// <param name="b">Rows of whole vectors.</param>
    /// <param name="c">Rows of whole vectors.</param>
    /// <param name="inner">k.</param>
    /// <param name="add">Whether to add to what is in c.</param>
    public static void Multiply(Strided a, RowMajor b, RowMajor c, int inner, bool add = false)
    {
        var row = 0;
        for (; row + 4 <= c.Rows; row += 4)
        {
            FourRows(a.From(row), b, c.From(row), inner, add);
        }

        for (; row < c.Rows; row++)
        {
            OneRow(a.From(row), b, c.From(row), inner, add);
        }
    }

    private static void FourRows(Strided a, RowMajor b, RowMajor c, int inner, bool add)
    {
        var column = 0;
        for (; column + (2 * Lanes.Width) <= c.Columns; column += 2 * Lanes.Width)
        {
            FourByTwo(a, b.Data + column, b.Columns, c.Data + column, c.Columns, inner, add);
        }

        if (column < c.Columns)
        {
            FourByOne(a, b.Data + column, b.Columns, c.Data + column, c.Columns, inner, add);
        }
    }

    private static void FourByTwo(Strided a, float* b, int stepB, float* c, int stepC, int inner, bool add)
    {
        Vector512<float> c00, c01, c10, c11, c20, c21, c30, c31;
        c00 = c01 = c10 = c11 = c20 = c21 = c30 = c31 = Vector512<float>.Zero;
        var a0 = a.Data;
        var a1 = a.Data + a.RowStep;
        var a2 = a.Data + (2 * a.RowStep);
        var a3 = a.Data + (3 * a.RowStep);
        var offset = 0L;
        for (var k = 0; k < inner; k++)
        {
            var (b0, b1) = (Vector512.Load(b), Vector512.Load(b + Lanes.Width));
            b += stepB;
            var left = Vector512.Create(a0[offset]);
            c00 = Vector512.FusedMultiplyAdd(left, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(left, b1, c01);
            left = Vector512.Create(a1[offset]);
            c10 = Vector512.FusedMultiplyAdd(left, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(left, b1, c11);
            left = Vector512.Create(a2[offset]);
            c20 = Vector512.FusedMultiplyAdd(left, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(left, b1, c21);
            left = Vector512.Create(a3[offset]);
            c30 = Vector512.FusedMultiplyAdd(left, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(left, b1, c31);
            offset += a.ColumnStep;
        }

        Put(c00, c, add);
        Put(c01, c + Lanes.Width, add);
        Put(c10, c + stepC, add);
        Put(c11, c + stepC + Lanes.Width, add);
        Put(c20, c + (2 * stepC), add);
        Put(c21, c + (2 * stepC) + Lanes.Width, add);
        Put(c30, c + (3 * stepC), add);
        Put(c31, c + (3 * stepC) + Lanes.Width, add);
    }

    private static void FourByOne(Strided a, float* b, int stepB, float* c, int stepC, int inner, bool add)
    {
        Vector512<float> c0, c1, c2, c3;
        c0 = c1 = c2 = c3 = Vector512<float>.Zero;
        var a0 = a.Data;
        var a1 = a.Data + a.RowStep;
        var a2 = a.Data + (2 * a.RowStep);
        var a3 = a.Data + (3 * a.RowStep);
        var offset = 0L;
        for (var k = 0; k < inner; k++)
        {
            var right = Vector512.Load(b);
            b += stepB;
            c0 = Vector512.FusedMultiplyAdd(Vector512.Create(a0[offset]), right, c0);
            c1 = Vector512.FusedMultiplyAdd(Vector512.Create(a1[offset]), right, c1);
            c2 = Vector512.FusedMultiplyAdd(Vector512.Create(a2[offset]), right, c2);
            c3 = Vector512.FusedMultiplyAdd(Vector512.Create(a3[offset]), right, c3);
            offset += a.ColumnStep;
        }

        Put(c0, c, add);
        Put(c1, c + stepC, add);
        Put(c2, c + (2 * stepC), add);
        Put(c3, c + (3 * stepC), add);
    }

    private static void OneRow(Strided a, RowMajor b, RowMajor c, int inner, bool add)
    {
        for (var column = 0; column < c.Columns; column += Lanes.Width)
        {
            var sum = Vector512<float>.Zero;
            for (var k = 0; k < inner; k++)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(a.Data[k * (long)a.ColumnStep]), Vector512.Load(b.Data + ((long)k * b.Columns) + column), sum);
            }

            Put(sum, c.Data + column, add);
        }
    }

    private static void Put(Vector512<float> value, float* target, bool add) => (add ? value + Vector512.Load(target) : value).Store(target);
}
