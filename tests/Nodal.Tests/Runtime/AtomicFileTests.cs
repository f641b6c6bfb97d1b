using Nodal.Runtime;

namespace Nodal.Tests.Runtime;

public sealed class AtomicFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("nodal-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Text_is_written_as_utf8_without_a_mark()
    {
        AtomicFile.WriteAllText(At("a.json"), "ü");
        File.ReadAllBytes(At("a.json")).ShouldBe([0xc3, 0xbc]);
        Files().ShouldBe(["a.json"]);
    }

    [Fact]
    public void A_file_that_is_there_is_replaced()
    {
        AtomicFile.WriteAllText(At("a.json"), "long before");
        AtomicFile.WriteAllText(At("a.json"), "now");
        File.ReadAllText(At("a.json")).ShouldBe("now");
    }

    [Fact]
    public void A_full_disk_leaves_the_old_file_and_nothing_half_written()
    {
        AtomicFile.WriteAllText(At("a.json"), "before");
        var fault = Should.Throw<NodalException>(() => AtomicFile.Write(At("a.json"), stream =>
        {
            stream.Write("half"u8);
            throw new IOException("No space left on device.");
        }));

        fault.Message.ShouldContain("a.json was not written: found No space left on device; expected");
        File.ReadAllText(At("a.json")).ShouldBe("before");
        Files().ShouldBe(["a.json"]);
    }

    // So FileStream reports EFBIG, as under ulimit -f.
    [Fact]
    public void A_file_larger_than_the_system_allows_is_a_fault_with_its_path()
    {
        var fault = Should.Throw<NodalException>(() => AtomicFile.Write(At("a.json"), _ => throw new ArgumentOutOfRangeException("value")));

        fault.Message.ShouldContain("a.json was not written: found a file larger than the system allows; expected");
        Files().ShouldBeEmpty();
    }

    [Fact]
    public void What_killed_writers_have_left_is_removed_and_nothing_else()
    {
        string[] names = [".a.json.0123456789abcdef0123456789abcdef.tmp", ".a.json.tmp", "a.0123456789abcdef0123456789abcdef.tmp", ".mine.tmp.tmp"];
        foreach (var name in names)
        {
            File.WriteAllText(At(name), "");
        }

        string? temporary = null;
        AtomicFile.Write(At("b.json"), _ => temporary = Files().Except(names).Single());
        File.WriteAllText(At(temporary!), "half");

        AtomicFile.RemoveLeftovers(folder.FullName);

        Files().Order().ShouldBe(names[1..].Append("b.json").Order());
    }

    [Fact]
    public void A_fault_of_the_writer_passes_through_and_leaves_nothing()
    {
        Should.Throw<InvalidOperationException>(() => AtomicFile.Write(At("a.json"), _ => throw new InvalidOperationException()));
        Files().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("missing/a.json")]
    [InlineData("taken")]
    public void A_place_that_takes_no_file_is_a_fault_with_its_path(string path)
    {
        folder.CreateSubdirectory("taken");
        Should.Throw<NodalException>(() => AtomicFile.WriteAllText(At(path), "x")).Message.ShouldContain(At(path));
        Files().ShouldBeEmpty();
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    private string[] Files() => [.. folder.GetFiles("*", SearchOption.AllDirectories).Select(file => file.Name)];
}
