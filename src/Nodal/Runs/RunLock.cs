using Nodal.Runtime;

namespace Nodal.Runs;

/// <summary>Keeps a run folder for one process. The system lets go of it when the process dies, however it dies; the file that may stay means nothing by itself.</summary>
internal sealed class RunLock : IDisposable
{
    public const string FileName = ".lock";

    private const int SharingViolation = unchecked((int)0x80070020);
    private readonly FileStream _stream;

    private RunLock(FileStream stream) => _stream = stream;

    /// <summary>Takes the lock of a folder that exists; <see langword="null"/> where another process has it.</summary>
    /// <exception cref="NodalException">The folder cannot be written to.</exception>
    public static RunLock? TryTake(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return new RunLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException fault) when (IsTaken(fault))
        {
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Throw.Input($"{path} was not written", found: fault.Message.TrimEnd('.'), expected: "a folder that Nodal may write to", remedy: "Check its permissions", fault);
            return null;
        }
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>Lets go of the folder and removes the file, in this order only where an open file cannot be removed: between the two another process could come.</summary>
    public void Remove()
    {
        if (OperatingSystem.IsWindows())
        {
            _stream.Dispose();
        }

        File.Delete(_stream.Name);
        _stream.Dispose();
    }

    // EWOULDBLOCK is 11 on Linux and 35 on macOS.
    private static bool IsTaken(IOException fault) => OperatingSystem.IsWindows() ? fault.HResult == SharingViolation : fault.HResult is 11 or 35;
}
