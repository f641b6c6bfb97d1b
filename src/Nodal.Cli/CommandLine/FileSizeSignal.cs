using System.Runtime.InteropServices;

namespace Nodal.Cli.CommandLine;

/// <summary>The signal by which a Unix system ends a process that writes a file over its limit (SIGXFSZ, of <c>ulimit -f</c>).</summary>
/// <remarks>Ignored, for then the write fails and is reported like any other. .NET's own signal handling comes too late: the process may end before it has heard.</remarks>
internal static partial class FileSizeSignal
{
    private const int Number = 25;
    private const nint Ignored = 1;

    public static void Ignore()
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        {
            _ = Handle(Number, Ignored);
        }
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Handle(int signal, nint handler);
}
