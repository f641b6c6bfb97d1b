using Nodal.Runtime;

namespace Nodal.Tests.Runtime;

public sealed class AdaptedLibraryTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("nodal-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void The_original_stays_and_one_copy_is_written_and_used_again()
    {
        var original = Original();
        var before = FileHash.Sha256([original]);
        var first = AdaptedLibrary.WriteCopy(original, folder.FullName);
        var written = File.GetLastWriteTimeUtc(first);

        AdaptedLibrary.WriteCopy(original, folder.FullName).ShouldBe(first);
        File.GetLastWriteTimeUtc(first).ShouldBe(written);
        folder.GetFiles().ShouldHaveSingleItem().Name.ShouldContain(before[..16]);
        FileHash.Sha256([original]).ShouldBe(before);
    }

    [Fact]
    public void A_damaged_copy_is_written_anew()
    {
        var copy = AdaptedLibrary.WriteCopy(Original(), folder.FullName);
        var good = FileHash.Sha256([copy]);
        File.WriteAllText(copy, "damaged");

        AdaptedLibrary.WriteCopy(Original(), folder.FullName);
        FileHash.Sha256([copy]).ShouldBe(good);
    }

    [Fact]
    public void A_missing_library_is_a_fault_that_names_the_folders() =>
        Should.Throw<NodalException>(() => AdaptedLibrary.Load([folder.FullName])).Message.ShouldContain(folder.FullName);

    private static string Original()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", AdaptedLibrary.FileName);
        Assert.SkipUnless(File.Exists(path), "skipped: the build is not for Linux");
        return path;
    }
}
