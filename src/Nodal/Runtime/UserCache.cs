namespace Nodal.Runtime;

/// <summary>The folder for what Nodal can make again, by the XDG base directory specification: <c>$XDG_CACHE_HOME/nodal</c>, else <c>~/.cache/nodal</c>.</summary>
internal static class UserCache
{
    /// <summary>A folder in the cache, made where it is missing and then readable by its user only.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static string Folder(string name)
    {
        var folder = Path.Combine(Root(Environment.GetEnvironmentVariable("XDG_CACHE_HOME")), name);
        return OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(folder).FullName
            : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }

    /// <summary>The cache of Nodal given the value of <c>XDG_CACHE_HOME</c>; a relative value does not count, says the specification.</summary>
    internal static string Root(string? xdgCacheHome)
    {
        if (Path.IsPathFullyQualified(xdgCacheHome ?? ""))
        {
            return Path.Combine(xdgCacheHome!, "nodal");
        }

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length > 0
            ? Path.Combine(home, ".cache", "nodal")
            : throw new DirectoryNotFoundException("neither XDG_CACHE_HOME nor a home folder is set");
    }
}
