using System.Runtime.InteropServices;
using Nodal.Runtime;

namespace Nodal.Benchmarks;

/// <summary>The most physical memory the process held since the last reset, by Linux's own mark (<c>VmHWM</c>, proc(5)); elsewhere there is no such reset.</summary>
internal static partial class PeakMemory
{
    private const string ResetFile = "/proc/self/clear_refs";

    /// <summary>Sets the mark to what is held now, after giving back what is free.</summary>
    /// <returns>Bytes held now, or <see langword="null"/> where the mark cannot be reset.</returns>
    public static long? Reset()
    {
        Release();
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                return null;
            }

            File.WriteAllText(ResetFile, "5");
            return Status("VmRSS:");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Bytes at the mark.</summary>
    public static long? Read() => OperatingSystem.IsLinux() ? Status("VmHWM:") : null;

    /// <summary>Whether the mark can be reset on this machine.</summary>
    public static bool Available { get; } = Reset() is not null;

    private static long? Status(string field) => 1024 * ProcessMemory.Field(File.ReadAllText("/proc/self/status").Replace('\t', ' '), field);

    /// <summary>Gives what earlier measurements left behind back to the system, so that it does not count for the next one.</summary>
    private static void Release()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();

        // Aggressive: what a model's file was decoded in is not kept for later.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        try
        {
            if (OperatingSystem.IsLinux())
            {
                _ = TrimHeap(0);
            }
        }
        catch (EntryPointNotFoundException)
        {
            // A C library other than glibc has no such call, and gives memory back by itself.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimHeap(nuint keep);
}
