namespace Nodal.Patching.Fast;

/// <summary>A float32 matrix read element by element, at any steps.</summary>
internal readonly unsafe struct Strided
{
    public Strided(float* data, int rowStep, int columnStep)
    {
        Data = data;
        RowStep = rowStep;
        ColumnStep = columnStep;
    }

    public float* Data { get; }

    public int RowStep { get; }

    public int ColumnStep { get; }

    public Strided From(int row) => new(Data + ((long)row * RowStep), RowStep, ColumnStep);
}
