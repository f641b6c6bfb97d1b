using System.Runtime.CompilerServices;

namespace Nodal.EndToEnd;

/// <summary>The repository the tests stand in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Asset(string name) => Path.Combine(Root, "assets", "stories260K", name);

    /// <summary>A file of the folder <c>shared</c> beside the repository; skips the test where it is absent.</summary>
    public static string Shared(params string[] parts)
    {
        var path = Path.GetFullPath(Path.Combine([Root, "..", "shared", .. parts]));
        Assert.SkipUnless(File.Exists(path), $"skipped: {Path.Combine(["shared", .. parts])} is absent");
        return path;
    }

    private static string Find([CallerFilePath] string thisFile = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(thisFile)!);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Nodal.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tests do not stand in their repository");
    }
}
