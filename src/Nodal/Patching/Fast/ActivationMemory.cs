using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Nodal.Runtime;

namespace Nodal.Patching.Fast;

/// <summary>Plain memory for activations, from the system or from a mapped file that has no name and is gone with it.</summary>
internal sealed unsafe class ActivationMemory : IDisposable
{
    private const nuint Alignment = 128;

    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private void* _data;

    /// <summary>Memory of the system.</summary>
    public ActivationMemory(long bytes)
    {
        Bytes = bytes;
        _data = NativeMemory.AlignedAlloc((nuint)Math.Max(1, bytes), Alignment);
    }

    /// <summary>A new file, as large as asked for at once, so that a full disk is noticed now.</summary>
    /// <exception cref="NodalException">The file cannot be made.</exception>
    public ActivationMemory(long bytes, string path)
    {
        Bytes = bytes;
        var size = Math.Max(1, bytes);
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose, preallocationSize: size);
            RandomAccess.SetLength(handle, size);
            _file = MemoryMappedFile.CreateFromFile(handle, null, size, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
            _view = _file.CreateViewAccessor();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Throw.Input(
                "the activations cannot be kept on the disk", found: fault.Message.TrimEnd('.'), expected: $"{bytes} bytes free beside the run",
                remedy: "Free some space, or let them be computed anew with --activations recompute", fault);
        }

        byte* data = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref data);
        _data = data;
    }

    public long Bytes { get; }

    public byte* Data => (byte*)_data;

    public void Dispose()
    {
        if (_view is not null)
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file!.Dispose();
        }
        else
        {
            NativeMemory.AlignedFree(_data);
        }

        _data = null;
    }
}
