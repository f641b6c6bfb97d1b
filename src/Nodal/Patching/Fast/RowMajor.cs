namespace Nodal.Patching.Fast;

/// <summary>A float32 matrix whose rows are whole vectors.</summary>
internal readonly unsafe struct RowMajor
{
    public RowMajor(float* data, int rows, int columns)
    {
        Data = data;
        Rows = rows;
        Columns = columns;
    }

    public float* Data { get; }

    public int Rows { get; }

    /// <summary>Also the elements from one row to the next.</summary>
    public int Columns { get; }

    public float* Row(int row) => Data + ((long)row * Columns);

    /// <summary>The rows from one on.</summary>
    public RowMajor From(int row) => new(Row(row), Rows - row, Columns);

    public Strided AsLeft() => new(Data, Columns, 1);

    public Strided Transposed() => new(Data, 1, Columns);

    public void Clear() => new Span<float>(Data, Rows * Columns).Clear();
}
