using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Nodal.Runtime;

/// <summary>TorchSharp's native library with one version need marked weak, as a copy in the user's cache; the original stays as it is.</summary>
internal static class AdaptedLibrary
{
    /// <summary>Asked for by a symbol without a relocation (<c>std::ios_base_library_init</c>), so nothing ever calls into it.</summary>
    internal const string NeedlessVersion = "GLIBCXX_3.4.32";

    internal const string FileName = "libLibTorchSharp.so";

    /// <summary>Loads the original or, where that version is what it lacks, the copy.</summary>
    /// <param name="folders">Where the original and libtorch may be.</param>
    /// <returns>Handle, path of the loaded file (null where it is gone already), and why it is the copy (empty for the original).</returns>
    /// <exception cref="NodalException">There is no original, or it is damaged.</exception>
    /// <exception cref="DllNotFoundException">It lacks something else.</exception>
    public static (nint Handle, string? Path, string Reason) Load(IReadOnlyList<string> folders)
    {
        var original = Find(folders, FileName);
        if (original is null)
        {
            Throw.Input(
                $"{FileName} is missing", found: $"none in {string.Join(", ", folders)}", expected: "TorchSharp's native library beside the program",
                remedy: "Restore the packages and build again");
        }

        LoadDependencies(folders);
        try
        {
            return (NativeLibrary.Load(original), original, "");
        }
        catch (DllNotFoundException fault) when (fault.Message.Contains(NeedlessVersion, StringComparison.Ordinal))
        {
            var (handle, path) = LoadCopy(original);
            return (handle, path, $"the system's C++ library lacks version {NeedlessVersion}, which {FileName} names and never uses");
        }
    }

    /// <summary>Puts the adapted copy into a folder, unless the same bytes are there, and returns its path.</summary>
    internal static string WriteCopy(string original, string folder)
    {
        var image = File.ReadAllBytes(original);
        var adapted = ElfVersionNeeds.Weaken(image, NeedlessVersion);
        var path = Path.Combine(folder, $"libLibTorchSharp-{Convert.ToHexStringLower(SHA256.HashData(image))[..16]}.so");
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(adapted))
        {
            AtomicFile.WriteAllBytes(path, adapted);
        }

        return path;
    }

    // The copy finds libtorch by name only once it is in the process: its own search path is its own folder. libtorch brings libtorch_cpu, libc10 and OpenMP along.
    private static void LoadDependencies(IReadOnlyList<string> folders)
    {
        if (Find(folders, "libtorch.so") is { } libtorch)
        {
            NativeLibrary.Load(libtorch);
        }
    }

    private static (nint Handle, string? Path) LoadCopy(string original)
    {
        string path;
        try
        {
            path = WriteCopy(original, UserCache.Folder("native"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NodalException { InnerException: not null })
        {
            return LoadOnce(original);
        }

        return (NativeLibrary.Load(path), path);
    }

    // No cache can be written (a read-only home): a private folder serves this process and goes at once, since a loaded library needs its file no more.
    private static (nint Handle, string? Path) LoadOnce(string original)
    {
        var folder = Directory.CreateTempSubdirectory("nodal-");
        try
        {
            return (NativeLibrary.Load(WriteCopy(original, folder.FullName)), null);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string? Find(IReadOnlyList<string> folders, string file) => folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
}
