using static TorchSharp.torch;

namespace Nodal.Patching.Fast;

/// <summary>A row-major matrix in memory that libtorch owns, for its products and for loops over its rows.</summary>
/// <param name="memory">The tensor it lies in.</param>
/// <param name="offset">Elements before it there.</param>
/// <param name="data">Its first element.</param>
/// <param name="rows">Rows.</param>
/// <param name="columns">Columns, and elements from one row to the next.</param>
internal readonly unsafe struct Matrix<T>(Tensor memory, long offset, T* data, int rows, int columns)
    where T : unmanaged, IElement<T>
{
    public T* Data { get; } = data;

    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    public long Elements => (long)Rows * Columns;

    public T* Row(int row) => Data + ((long)row * Columns);

    /// <summary>Some rows.</summary>
    public Matrix<T> Slice(int first, int count) => new(memory, offset + ((long)first * Columns), Row(first), count, Columns);

    /// <summary>Sets rows to 0, from one on to the last.</summary>
    public void ClearFrom(int row) => new Span<T>(Row(row), checked((Rows - row) * Columns)).Clear();

    /// <summary>this = left · rightᵀ, (m, n) from (m, k) and (n, k).</summary>
    public void SetProductTransposed(Matrix<T> left, Matrix<T> right)
    {
        using var b = right.View();
        using var transposed = b.t();
        SetProduct(left, transposed);
    }

    /// <summary>this = left · right, (m, n) from (m, k) and (k, n).</summary>
    public void SetProduct(Matrix<T> left, Matrix<T> right)
    {
        using var b = right.View();
        SetProduct(left, b);
    }

    private void SetProduct(Matrix<T> left, Tensor right)
    {
        using var a = left.View();
        using var c = View();
        using var same = c.addmm_(a, right, 0, 1);
    }

    /// <summary>The same memory as a tensor.</summary>
    public Tensor View() => memory.as_strided([Rows, Columns], [Columns, 1], offset);
}
