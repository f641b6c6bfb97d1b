using System.Diagnostics;
using System.Globalization;

namespace Nodal.Runtime;

/// <summary>Memory of this process and of the machine it runs on, all in bytes, read anew at every call.</summary>
public static class ProcessMemory
{
    /// <summary>Most physical memory the process has held up to now, native tensors included.</summary>
    public static long PeakBytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>Physical memory the process holds now.</summary>
    public static long CurrentBytes => Environment.WorkingSet;

    /// <summary>Physical memory of the machine, or the limit of the container where that is lower.</summary>
    public static long TotalBytes => Read().Total;

    /// <summary>What can still be taken without swapping: free memory and caches the system would give up, within the limit of the container.</summary>
    public static long AvailableBytes => Read().Available;

    private static (long Total, long Available) Read()
    {
        if (!OperatingSystem.IsLinux())
        {
            var collector = GC.GetGCMemoryInfo();
            return (collector.TotalAvailableMemoryBytes, Math.Max(0, collector.TotalAvailableMemoryBytes - collector.MemoryLoadBytes));
        }

        var machine = File.ReadAllText("/proc/meminfo");
        return Limited(
            total: 1024 * Field(machine, "MemTotal:")!.Value, available: 1024 * Field(machine, "MemAvailable:")!.Value, new Container(
                Limit: Number("/sys/fs/cgroup/memory.max") ?? Number("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
                Used: Number("/sys/fs/cgroup/memory.current") ?? Number("/sys/fs/cgroup/memory/memory.usage_in_bytes"),
                Reclaimable: Field(Text("/sys/fs/cgroup/memory.stat") ?? Text("/sys/fs/cgroup/memory/memory.stat") ?? "", "inactive_file")));
    }

    /// <summary>What of the machine is left under the limits of a container; version 1 control groups write "no limit" as a number larger than any machine.</summary>
    internal static (long Total, long Available) Limited(long total, long available, Container container)
    {
        if (container.Limit is not { } limit || limit >= total)
        {
            return (total, available);
        }

        var used = Math.Max(0, (container.Used ?? 0) - (container.Reclaimable ?? 0));
        return (limit, Math.Clamp(limit - used, 0, available));
    }

    /// <summary>The first number after a line's name, as <c>/proc/meminfo</c> and <c>memory.stat</c> write them.</summary>
    internal static long? Field(string text, string name)
    {
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 1 && words[0] == name)
            {
                return Parse(words[1]);
            }
        }

        return null;
    }

    private static long? Number(string path) => Parse(Text(path) ?? "");

    private static long? Parse(string text) => long.TryParse(text, NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string? Text(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A control group's memory limit, use, and the part of it that is file cache; each absent where the system does not say.</summary>
    internal readonly record struct Container(long? Limit, long? Used, long? Reclaimable);
}
