namespace Nodal.Runtime;

/// <summary>Room on disks.</summary>
internal static class DiskSpace
{
    /// <summary>Bytes free for this user where a path is or would be.</summary>
    public static long FreeBytes(string path)
    {
        var existing = new DirectoryInfo(Path.GetFullPath(path));
        while (!existing.Exists && existing.Parent is { } parent)
        {
            existing = parent;
        }

        return new DriveInfo(existing.FullName).AvailableFreeSpace;
    }
}
