using System.Buffers.Binary;

namespace Nodal.Weights;

/// <summary>Tells model files apart by their first bytes; by their extension only where those say nothing.</summary>
internal static class WeightFormats
{
    private const int Looked = 16;

    public static WeightFormat Of(string path)
    {
        Span<byte> start = stackalloc byte[Looked];
        using var stream = ModelPath.OpenFile(path);
        var read = stream.ReadAtLeast(start, Looked, throwOnEndOfStream: false);
        var format = OfContent(start[..read]);
        return format == WeightFormat.Unknown ? OfExtension(path) : format;
    }

    private static WeightFormat OfContent(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith(GgufHeader.Magic))
        {
            return WeightFormat.Gguf;
        }

        // Before the pickles: the length of a header of 640 bytes begins like one.
        if (start.Length > SafetensorsHeader.LengthBytes && start[SafetensorsHeader.LengthBytes] == '{'
            && BinaryPrimitives.ReadUInt64LittleEndian(start) <= SafetensorsHeader.LongestHeader)
        {
            return WeightFormat.Safetensors;
        }

        // torch.save writes a zip archive; before version 1.6 it wrote the pickle itself, of protocol 2.
        return start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith((ReadOnlySpan<byte>)[0x80, 2]) ? WeightFormat.Pickle : WeightFormat.Unknown;
    }

    private static WeightFormat OfExtension(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".SAFETENSORS" => WeightFormat.Safetensors,
        ".JSON" => WeightFormat.SafetensorsIndex,
        ".GGUF" => WeightFormat.Gguf,
        ".BIN" or ".PT" or ".PTH" or ".CKPT" or ".PKL" or ".PICKLE" => WeightFormat.Pickle,
        _ => WeightFormat.Unknown,
    };
}
