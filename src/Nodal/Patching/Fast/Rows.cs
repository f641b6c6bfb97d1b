namespace Nodal.Patching.Fast;

/// <summary>Kept rows of one width.</summary>
/// <param name="data">The first.</param>
/// <param name="stride">Elements from one to the next; 0 where all are the same.</param>
internal readonly unsafe struct Rows<T>(T* data, int stride)
    where T : unmanaged, IElement<T>
{
    public T* this[int row] => data + ((long)row * stride);
}
