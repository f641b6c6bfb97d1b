using System.Buffers.Binary;
using System.Text;

namespace Nodal.Runtime;

/// <summary>Marks one version need of a 64-bit little-endian ELF library as weak: the loader then goes on where a dependency lacks that version.</summary>
/// <remarks>
/// Layout after the Linux Standard Base, "Symbol Versioning": section <c>.gnu.version_r</c> is a list of <c>Elf64_Verneed</c> (one a dependency),
/// each with a list of <c>Elf64_Vernaux</c> (one a version). Every offset is checked against the file, and lists are bounded by their counts.
/// </remarks>
internal static class ElfVersionNeeds
{
    private const int HeaderSize = 64;
    private const int SectionHeaderSize = 64;
    private const int EntrySize = 16;
    private const uint VersionNeedSection = 0x6ffffffe;
    private const uint StringSection = 3;
    private const ushort WeakFlag = 2;

    /// <summary>A copy of <paramref name="image"/> with the weak flag on <paramref name="version"/>, all other bytes equal.</summary>
    /// <exception cref="NodalException">The file is no such library, is damaged, or does not need the version.</exception>
    public static byte[] Weaken(ReadOnlySpan<byte> image, string version)
    {
        var flags = FindFlags(image, Encoding.ASCII.GetBytes(version));
        if (flags < 0)
        {
            Throw.Input(
                "The library cannot be adapted to this system", found: $"no need of version {version}", expected: "a library that needs it",
                remedy: "Install the TorchSharp version that Nodal was built with");
        }

        var copy = image.ToArray();
        var old = BinaryPrimitives.ReadUInt16LittleEndian(copy.AsSpan(flags));
        BinaryPrimitives.WriteUInt16LittleEndian(copy.AsSpan(flags), (ushort)(old | WeakFlag));
        return copy;
    }

    private static int FindFlags(ReadOnlySpan<byte> image, ReadOnlySpan<byte> version)
    {
        ReadOnlySpan<byte> magic = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1];
        if (image.Length < HeaderSize || !image.StartsWith(magic))
        {
            Damaged("no 64-bit little-endian ELF header");
        }

        var sectionCount = U16(image, 60);
        var sections = Offset(image, U64(image, 40), (ulong)sectionCount * SectionHeaderSize, "section table");
        if (U16(image, 58) != SectionHeaderSize)
        {
            Damaged($"section headers of {U16(image, 58)} bytes");
        }

        for (var i = 0; i < sectionCount; i++)
        {
            var header = sections + i * SectionHeaderSize;
            if (U32(image, header + 4) == VersionNeedSection)
            {
                var names = Names(image, sections, sectionCount, link: U32(image, header + 40));
                var start = Offset(image, U64(image, header + 24), U64(image, header + 32), "version needs");
                var flags = FindFlags(image.Slice(start, (int)U64(image, header + 32)), dependencies: U32(image, header + 44), names, version);
                return flags < 0 ? flags : start + flags;
            }
        }

        return -1;
    }

    private static int FindFlags(ReadOnlySpan<byte> needs, uint dependencies, ReadOnlySpan<byte> names, ReadOnlySpan<byte> version)
    {
        ulong need = 0;
        for (uint i = 0; i < dependencies; i++)
        {
            var entry = Offset(needs, need, EntrySize, "version need");
            var auxiliary = need + U32(needs, entry + 8);
            for (var left = U16(needs, entry + 2); left > 0; left--)
            {
                var versionEntry = Offset(needs, auxiliary, EntrySize, "version entry");
                if (Name(names, U32(needs, versionEntry + 8)).SequenceEqual(version))
                {
                    return versionEntry + 4;
                }

                if (!Advance(ref auxiliary, U32(needs, versionEntry + 12)))
                {
                    break;
                }
            }

            if (!Advance(ref need, U32(needs, entry + 12)))
            {
                break;
            }
        }

        return -1;
    }

    // The last entry of a list says 0; a step that would overlap its own entry ends the list too, so a hostile file costs no more than its length.
    private static bool Advance(ref ulong offset, uint step)
    {
        offset += step;
        return step >= EntrySize;
    }

    private static ReadOnlySpan<byte> Names(ReadOnlySpan<byte> image, int sections, int sectionCount, uint link)
    {
        var header = sections + (int)Math.Min(link, ushort.MaxValue) * SectionHeaderSize;
        if (link >= sectionCount || U32(image, header + 4) != StringSection)
        {
            Damaged($"names of versions in section {link}, which is no string table");
        }

        var length = U64(image, header + 32);
        return image.Slice(Offset(image, U64(image, header + 24), length, "string table"), (int)length);
    }

    private static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> names, uint offset)
    {
        var rest = names[Offset(names, offset, 1, "version name")..];
        var end = rest.IndexOf((byte)0);
        return end < 0 ? rest : rest[..end];
    }

    private static int Offset(ReadOnlySpan<byte> bytes, ulong offset, ulong length, string what)
    {
        if (offset > (ulong)bytes.Length || length > (ulong)bytes.Length - offset)
        {
            Damaged($"{what} at {offset} with {length} bytes in a space of {bytes.Length}");
        }

        return (int)offset;
    }

    private static void Damaged(string found) => Throw.Input(
        "The library is damaged", found, expected: "a 64-bit little-endian ELF shared library", remedy: "Restore the NuGet packages again");

    private static ushort U16(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    private static ulong U64(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..]);
}
