namespace Nodal.Patching.Fast;

/// <summary>Kept rows of one width.</summary>
/// <param name="data">The first.</param>
/// <param name="stride">Elements from one to the next; 0 where all are the same.</param>
/// <param name="kept">Which kept row stands for each row; default each for itself.</param>
internal readonly unsafe struct Rows<T>(T* data, int stride, int[]? kept = null)
    where T : unmanaged, IElement<T>
{
    public T* this[int row] => data + ((long)(kept is null ? row : kept[row]) * stride);
}
