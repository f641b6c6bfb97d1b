using System.IO.MemoryMappedFiles;
using Nodal.Runtime;

namespace Nodal.Weights;

/// <summary>A whole file mapped read-only; of any size. The map stays until the last borrower is done, even when disposed earlier.</summary>
/// <remarks>A file that another process cuts short while it is mapped kills this one (SIGBUS); no runtime can turn that into an exception.</remarks>
internal sealed class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private volatile bool _disposed;

    private MappedFile(string path, long length, MemoryMappedFile map)
    {
        FullPath = System.IO.Path.GetFullPath(path);
        Length = length;
        _map = map;
        _view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
    }

    /// <summary>Absolute path.</summary>
    public string FullPath { get; }

    /// <summary>File name without folder, for messages.</summary>
    public string Name => System.IO.Path.GetFileName(FullPath);

    /// <summary>Bytes.</summary>
    public long Length { get; }

    /// <summary>Maps a file.</summary>
    /// <exception cref="NodalException">It does not exist, may not be read, is empty or is no regular file.</exception>
    public static MappedFile Open(string path)
    {
        var stream = ModelPath.OpenFile(path);
        try
        {
            CheckLength(stream, path);
            var length = stream.Length;
            var map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            return new MappedFile(path, length, map);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The bytes, for as long as the result is not disposed.</summary>
    /// <exception cref="ObjectDisposedException">The file was disposed.</exception>
    public MappedBytes Borrow()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new MappedBytes(_view.SafeMemoryMappedViewHandle, _view.PointerOffset, Length);
    }

    public void Dispose()
    {
        _disposed = true;
        _view.Dispose();
        _map.Dispose();
    }

    private static void CheckLength(FileStream stream, string path)
    {
        if (!stream.CanSeek)
        {
            Throw.Input($"{path} cannot be mapped into memory", "a pipe or device", "a regular file", "Save it to disk first");
        }

        if (stream.Length == 0)
        {
            Throw.Input($"{path} is empty", "0 bytes", "a safetensors or GGUF file", "Download or copy the file again");
        }
    }
}
