using System.Runtime.CompilerServices;

namespace Nodal.EndToEnd;

/// <summary>The repository the tests stand in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Asset(string name) => Path.Combine(Root, "assets", "stories260K", name);

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
