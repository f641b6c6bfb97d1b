using CsCheck;
using Nodal.Runtime;

namespace Nodal.Tests.Runtime;

public sealed class ElfVersionNeedsTests
{
    [Fact]
    public void Weakening_changes_one_flag_and_no_other_byte()
    {
        var image = Library();
        var weak = ElfVersionNeeds.Weaken(image, "V_2");
        var changed = Enumerable.Range(0, image.Length).Where(i => image[i] != weak[i]).ToArray();
        changed.ShouldBe([SecondVersion + 4]);
        weak[SecondVersion + 4].ShouldBe((byte)2);
    }

    [Fact]
    public void TorchSharps_library_differs_in_one_byte()
    {
        var original = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", AdaptedLibrary.FileName);
        Assert.SkipUnless(File.Exists(original), "skipped: the build is not for Linux");
        var image = File.ReadAllBytes(original);
        var weak = ElfVersionNeeds.Weaken(image, AdaptedLibrary.NeedlessVersion);
        var changed = Enumerable.Range(0, image.Length).Where(i => image[i] != weak[i]).ShouldHaveSingleItem();
        (image[changed], weak[changed]).ShouldBe(((byte)0, (byte)2));
    }

    [Fact]
    public void Weakening_twice_changes_nothing_more()
    {
        var once = ElfVersionNeeds.Weaken(Library(), "V_1");
        ElfVersionNeeds.Weaken(once, "V_1").ShouldBe(once);
    }

    [Fact]
    public void A_version_that_is_not_needed_is_a_fault() =>
        Should.Throw<NodalException>(() => ElfVersionNeeds.Weaken(Library(), "V_3")).Message.ShouldContain("no need of version V_3");

    [Fact]
    public void Every_truncation_is_a_fault()
    {
        var image = Library();
        for (var length = 0; length < image.Length; length++)
        {
            Should.Throw<NodalException>(() => ElfVersionNeeds.Weaken(image.AsSpan(0, length), "V_2"));
        }
    }

    [Fact]
    public void Hostile_bytes_give_a_copy_or_a_fault_and_nothing_else() =>
        Gen.Select(Gen.Int[0, Library().Length - 1], Gen.Byte).Array[1, 24].Sample(changes =>
        {
            var image = Library();
            foreach (var (at, value) in changes)
            {
                image[at] = value;
            }

            try
            {
                ElfVersionNeeds.Weaken(image, "V_2").Length.ShouldBe(image.Length);
            }
            catch (NodalException fault)
            {
                fault.Kind.ShouldBe(FaultKind.Input);
            }
        });

    private const int Needs = 64;
    private const int SecondVersion = Needs + 32;
    private const int Names = Needs + 48;
    private const int Sections = Names + 16;

    // Header, one version need with two versions, their names, and the table of three sections at the end.
    private static byte[] Library()
    {
        var image = new byte[Sections + 3 * 64];
        ((byte[])[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1]).CopyTo(image, 0);
        Put(image, 40, 8, Sections);
        Put(image, 58, 2, 64);
        Put(image, 60, 2, 3);

        Put(image, Needs + 2, 2, 2);
        Put(image, Needs + 8, 4, 16);
        Put(image, Needs + 16 + 8, 4, 1);
        Put(image, Needs + 16 + 12, 4, 16);
        Put(image, SecondVersion + 8, 4, 5);
        "\0V_1\0V_2\0"u8.CopyTo(image.AsSpan(Names));

        PutSection(image, index: 1, type: 3, offset: Names, size: 16, link: 0, info: 0);
        PutSection(image, index: 2, type: 0x6ffffffe, offset: Needs, size: 48, link: 1, info: 1);
        return image;
    }

    private static void PutSection(byte[] image, int index, uint type, int offset, int size, int link, int info)
    {
        var header = Sections + 64 * index;
        Put(image, header + 4, 4, type);
        Put(image, header + 24, 8, offset);
        Put(image, header + 32, 8, size);
        Put(image, header + 40, 4, link);
        Put(image, header + 44, 4, info);
    }

    private static void Put(byte[] image, int at, int bytes, long value)
    {
        for (var i = 0; i < bytes; i++)
        {
            image[at + i] = (byte)(value >> (8 * i));
        }
    }
}
