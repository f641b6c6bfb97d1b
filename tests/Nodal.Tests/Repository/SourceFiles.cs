namespace Nodal.Tests.Repository;

/// <summary>The files a person edits, found on the disk: no build output, no hidden folders.</summary>
internal static class SourceFiles
{
    private static readonly HashSet<string> Generated = ["bin", "obj", "TestResults", "runs"];

    private static readonly HashSet<string> TextEndings = [".cs", ".csproj", ".props", ".targets", ".slnx", ".md", ".cff", ".json", ".yml", ".html", ".css", ".js", ".sh", ".editorconfig"];

    /// <summary>C# sources below a folder of the repository.</summary>
    public static IEnumerable<FileInfo> CSharp(params string[] folder) => Below(new DirectoryInfo(TestData.InRepository(folder))).Where(file => file.Extension == ".cs");

    /// <summary>Every text file that people write: sources, build files, documents, scripts.</summary>
    public static IEnumerable<FileInfo> Texts() =>
        Below(new DirectoryInfo(TestData.Repository)).Where(file => TextEndings.Contains(file.Extension) && file.Name != "packages.lock.json")
            .Append(new FileInfo(TestData.InRepository(".ci", "run")));

    /// <summary>The path as the repository names it, for messages.</summary>
    public static string Name(FileInfo file) => Path.GetRelativePath(TestData.Repository, file.FullName);

    private static IEnumerable<FileInfo> Below(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(folder.EnumerateDirectories().Where(IsEdited).SelectMany(Below));

    private static bool IsEdited(DirectoryInfo folder) => !Generated.Contains(folder.Name) && !folder.Name.StartsWith('.');
}
