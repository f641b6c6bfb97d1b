using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Nodal.Patching.Fast;

/// <summary>A tensor's values as contiguous float32 in libtorch's memory; a copy where they are not so already.</summary>
internal sealed unsafe class FloatTensor : IDisposable
{
    private readonly Tensor _tensor;

    public FloatTensor(Tensor tensor)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        _tensor = tensor.to(ScalarType.Float32).contiguous().alias().DetachFromDisposeScope();
        Columns = (int)tensor.shape[^1];
        Elements = tensor.numel();
        using var first = _tensor.view(-1).narrow(0, 0, Math.Min(1, Elements));
        Data = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(first.bytes));
    }

    public float* Data { get; }

    public long Elements { get; }

    /// <summary>Size of the last dimension.</summary>
    public int Columns { get; }

    /// <summary>All other dimensions as one.</summary>
    public int Rows => (int)(Elements / Columns);

    public float* Row(long row) => Data + (row * Columns);

    public void Dispose() => _tensor.Dispose();
}
