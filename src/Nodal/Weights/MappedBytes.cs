using System.Runtime.InteropServices;

namespace Nodal.Weights;

/// <summary>A borrowed view of a <see cref="MappedFile"/>: while it lives, the map does, whoever disposes the file.</summary>
internal readonly unsafe ref struct MappedBytes : IDisposable
{
    private readonly SafeBuffer _handle;
    private readonly byte* _start;

    public MappedBytes(SafeBuffer handle, long offset, long length)
    {
        byte* pointer = null;
        handle.AcquirePointer(ref pointer);
        _handle = handle;
        _start = pointer + offset;
        Length = length;
    }

    /// <summary>Bytes in the file.</summary>
    public long Length { get; }

    /// <summary>A part of the file; spans are 32-bit, so larger tensors are read in several.</summary>
    public ReadOnlySpan<byte> Slice(long offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - count);
        return new ReadOnlySpan<byte>(_start + offset, count);
    }

    public void Dispose() => _handle.ReleasePointer();
}
