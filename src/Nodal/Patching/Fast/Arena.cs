using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Nodal.Patching.Fast;

/// <summary>Memory handed out piece after piece and taken back at once. What is never used of it takes no physical memory.</summary>
internal sealed unsafe class Arena<T> : IDisposable
    where T : unmanaged, IElement<T>
{
    /// <summary>Elements: a multiple of every cache line and vector.</summary>
    private const long Alignment = 64;

    private Tensor? _memory;
    private T* _data;
    private long _capacity;
    private long _used;

    /// <summary>Elements a matrix takes here.</summary>
    public static long Needed(long rows, long columns) => ((rows * columns) + Alignment - 1) / Alignment * Alignment;

    /// <summary>Takes everything back and sees that there is room for this many elements.</summary>
    public void Reset(long capacity)
    {
        _used = 0;
        if (capacity > _capacity)
        {
            _memory?.Dispose();
            using var scope = NewDisposeScope();
            _memory = empty(capacity, dtype: T.Type).DetachFromDisposeScope();
            _capacity = capacity;
            _data = PointerTo(_memory);
        }
    }

    /// <summary>A matrix; its content is not set.</summary>
    public Matrix<T> Take(int rows, int columns)
    {
        var offset = _used;
        _used += Needed(rows, columns);
        if (_used > _capacity)
        {
            throw new InvalidOperationException($"the arena is too small: {_used} of {_capacity} elements");
        }

        return new Matrix<T>(_memory!, offset, _data + offset, rows, columns);
    }

    /// <summary>Where the arena stands, to go back to.</summary>
    public long Mark() => _used;

    /// <summary>Takes back what was handed out since the mark.</summary>
    public void Release(long mark) => _used = mark;

    public void Dispose() => _memory?.Dispose();

    /// <summary>The memory of a contiguous tensor, which does not move as long as it lives.</summary>
    private static T* PointerTo(Tensor tensor)
    {
        using var first = tensor.narrow(0, 0, Math.Min(tensor.shape[0], 1));
        return (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(first.bytes));
    }
}
