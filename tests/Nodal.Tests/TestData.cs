using System.Runtime.CompilerServices;

namespace Nodal.Tests;

/// <summary>Finds the repository's own assets and, beside the repository, the shared test data that a user does not have.</summary>
internal static class TestData
{
    /// <summary>The repository's root folder.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>A file or folder of the repository.</summary>
    public static string InRepository(params string[] parts) => Path.Combine([Repository, .. parts]);

    /// <summary>A file or folder of the shared test data; skips the running test where it is absent.</summary>
    public static string Shared(params string[] parts)
    {
        var path = Path.Combine([Repository, "..", "shared", .. parts]);
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            Assert.Skip($"skipped: shared/{string.Join('/', parts)} is not on this machine");
        }

        return Path.GetFullPath(path);
    }

    private static string FindRepository([CallerFilePath] string thisFile = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(thisFile)!);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Nodal.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tests do not stand in their repository");
    }
}
