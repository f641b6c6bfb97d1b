namespace Nodal.Tests.Repository;

public sealed class FolderTests
{
    [Fact]
    public void Folders_of_the_library_use_only_folders_below_them()
    {
        var upward =
            from file in SourceFiles.CSharp("src", "Nodal")
            let folder = FolderOf(file)
            where folder is not null
            from named in FolderDiagram.Named(File.ReadAllText(file.FullName))
            where !FolderDiagram.Allows(folder, named)
            select $"{SourceFiles.Name(file)} uses {named}";

        upward.ShouldBeEmpty();
    }

    [Fact]
    public void Folders_of_the_library_are_words_of_the_design()
    {
        var folders = SourceFiles.CSharp("src", "Nodal").Select(FolderOf).OfType<string>().Distinct().ToList();

        folders.ShouldContain("Runtime");
        folders.Where(folder => !FolderDiagram.Knows(folder)).ShouldBeEmpty();
    }

    [Fact]
    public void Namespaces_are_those_of_the_folders()
    {
        var strange =
            from file in SourceFiles.CSharp("src", "Nodal")
            where FolderOf(file) is not null && !File.ReadAllText(file.FullName).Contains($"namespace {NamespaceOf(file)};", StringComparison.Ordinal)
            select SourceFiles.Name(file);

        strange.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Patching", "Gates", true)]
    [InlineData("Circuits", "Gates", true)]
    [InlineData("Gates", "Circuits", false)]
    [InlineData("Models", "Tasks", false)]
    [InlineData("Runtime", "Weights", false)]
    [InlineData("Tasks", "Tasks", true)]
    public void The_order_is_that_of_the_diagram(string from, string to, bool allowed) => FolderDiagram.Allows(from, to).ShouldBe(allowed);

    [Theory]
    [InlineData("using Nodal.Reports;")]
    [InlineData("using static Nodal.Reports.Page;")]
    [InlineData("using Alias = global::Nodal.Reports.Page;")]
    [InlineData("var page = new Nodal.Reports.Page();")]
    [InlineData("<see cref=\"Nodal.Reports.Page\"/>")]
    public void Every_way_to_name_a_folder_is_seen(string source) => FolderDiagram.Named(source).ShouldBe(["Reports"]);

    private static string NamespaceOf(FileInfo file) =>
        string.Join('.', ["Nodal", .. Path.GetRelativePath(TestData.InRepository("src", "Nodal"), file.DirectoryName!).Split(Path.DirectorySeparatorChar)]);

    private static string? FolderOf(FileInfo file)
    {
        var parts = Path.GetRelativePath(TestData.InRepository("src", "Nodal"), file.FullName).Split(Path.DirectorySeparatorChar);
        return parts.Length > 1 ? parts[0] : null;
    }
}
