using System.Security.Cryptography;
using Nodal.Runtime;

namespace Nodal.Tests.Runtime;

public sealed class FileHashTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("nodal-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void One_file_has_the_published_hash_of_its_content() =>
        FileHash.Sha256([Make("a", "abc"u8)]).ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); // FIPS 180-2, appendix B.1

    [Fact]
    public void Several_files_hash_to_the_hash_of_their_hashes()
    {
        var expected = SHA256.HashData([.. SHA256.HashData("one"u8), .. SHA256.HashData("two"u8)]);
        FileHash.Sha256([Make("a", "one"u8), Make("b", "two"u8)]).ShouldBe(Convert.ToHexStringLower(expected));
    }

    [Fact]
    public void Moving_a_byte_from_one_file_to_the_next_changes_the_hash() =>
        FileHash.Sha256([Make("a", "on"u8), Make("b", "etwo"u8)]).ShouldNotBe(FileHash.Sha256([Make("c", "one"u8), Make("d", "two"u8)]));

    [Fact]
    public void A_missing_file_is_a_fault_with_its_path() =>
        Should.Throw<NodalException>(() => FileHash.Sha256([Path.Combine(folder.FullName, "none")])).Message.ShouldContain("none cannot be read");

    [Fact]
    public void No_file_at_all_is_a_fault() => Should.Throw<NodalException>(() => FileHash.Sha256([]));

    private string Make(string name, ReadOnlySpan<byte> content)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
