using System.Buffers.Binary;
using System.Numerics;
using Nodal.Runtime;

namespace Nodal.Weights;

/// <summary>What a GGUF file says of itself and its tensors, checked against the file.</summary>
/// <remarks>The format: magic, version, counts, metadata, tensor descriptions, padding, data (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md).</remarks>
internal sealed record GgufHeader(IReadOnlyList<TensorLocation> Tensors, IReadOnlyDictionary<string, object> Metadata)
{
    private const string AlignmentKey = "general.alignment";
    private const string SplitKey = "split.count";
    private const uint DefaultAlignment = 32;

    // The metadata of the largest vocabularies is some 10 MB; the limit bounds what a hostile file can make us allocate.
    private const int LongestFront = 256 << 20;

    /// <summary>The first four bytes of every GGUF file.</summary>
    public static ReadOnlySpan<byte> Magic => "GGUF"u8;

    /// <summary>Reads and checks everything before the data.</summary>
    public static GgufHeader Read(MappedFile file)
    {
        using var bytes = file.Borrow();
        var cursor = new GgufCursor(file.Name, bytes.Slice(0, (int)Math.Min(file.Length, LongestFront)));
        CheckMagic(ref cursor);
        CheckVersion(ref cursor);
        var tensorCount = cursor.Number<ulong>("the number of tensors");
        var metadata = GgufMetadata.Read(ref cursor, cursor.Number<ulong>("the number of metadata keys"));
        CheckWhole(file.Name, metadata);
        var alignment = Alignment(ref cursor, metadata);
        var relative = GgufTensors.Read(ref cursor, tensorCount, alignment);
        var tensors = Place(file, relative, AlignUp(cursor.Position, alignment));
        TensorLayout.CheckOverlaps(file.Name, tensors);
        return new GgufHeader(tensors, metadata);
    }

    private static void CheckMagic(ref GgufCursor cursor)
    {
        var magic = cursor.Number<uint>("the file's magic number");
        if (magic != BinaryPrimitives.ReadUInt32LittleEndian(Magic))
        {
            cursor.Fault("this is no GGUF file", $"0x{magic:x8} at its start", "the letters GGUF");
        }
    }

    private static void CheckVersion(ref GgufCursor cursor)
    {
        var version = cursor.Number<uint>("the version");
        if (version is not (2 or 3))
        {
            var bigEndian = BinaryPrimitives.ReverseEndianness(version) is 2 or 3;
            Throw.Input(
                $"{cursor.File}: this GGUF is not read", bigEndian ? "big-endian data" : $"version {version}", "version 2 or 3, little-endian",
                "Convert the model again with a current llama.cpp");
        }
    }

    private static void CheckWhole(string file, Dictionary<string, object> metadata)
    {
        if (metadata.GetValueOrDefault(SplitKey) is ushort and > 1 and var parts)
        {
            Throw.Input($"{file} is one part of a split GGUF", $"{parts} parts", "a model in one file", "Join the parts with llama-gguf-split --merge");
        }
    }

    private static uint Alignment(ref GgufCursor cursor, Dictionary<string, object> metadata)
    {
        if (!metadata.TryGetValue(AlignmentKey, out var value))
        {
            return DefaultAlignment;
        }

        if (value is not uint alignment || !BitOperations.IsPow2(alignment))
        {
            cursor.Fault(AlignmentKey, $"{value} ({value.GetType().Name})", "a power of two as a 32-bit unsigned number");
            return 0;
        }

        return alignment;
    }

    private static long AlignUp(long position, uint alignment) => (position + alignment - 1) / alignment * alignment;

    private static List<TensorLocation> Place(MappedFile file, List<TensorLocation> relative, long dataStart)
    {
        var placed = new List<TensorLocation>(relative.Count);
        foreach (var tensor in relative)
        {
            if ((Int128)dataStart + tensor.Offset + tensor.Bytes > file.Length)
            {
                Throw.Input(
                    $"{file.Name}: tensor {Quoted.Name(tensor.Entry.Name)} lies beyond the end of the file",
                    $"{file.Length} bytes", $"at least {(Int128)dataStart + tensor.Offset + tensor.Bytes}", "The file is truncated or damaged; download or copy it again");
            }

            placed.Add(tensor with { Offset = dataStart + tensor.Offset });
        }

        return placed;
    }
}
