using System.Buffers.Binary;
using System.Text.Json;
using Nodal.Runtime;

namespace Nodal.Weights;

/// <summary>What a safetensors file says of its tensors, checked against the file.</summary>
/// <remarks>
/// The format: eight bytes of header length, a JSON header, the tensors without a gap (https://github.com/huggingface/safetensors#format). The limit of
/// 100 MB on the header is the reference's.
/// </remarks>
internal sealed record SafetensorsHeader(IReadOnlyList<TensorLocation> Tensors, IReadOnlyDictionary<string, object> Metadata)
{
    /// <summary>Bytes of the length before the header.</summary>
    public const int LengthBytes = 8;

    /// <summary>Most bytes a header may have.</summary>
    public const int LongestHeader = 100_000_000;

    /// <summary>Reads and checks the header.</summary>
    public static SafetensorsHeader Read(MappedFile file)
    {
        using var bytes = file.Borrow();
        var json = bytes.Slice(LengthBytes, HeaderLength(file, bytes));
        try
        {
            var header = new SafetensorsHeaderReader(file.Name, json, dataStart: LengthBytes + json.Length, file.Length).Read();
            TensorLayout.CheckOverlaps(file.Name, header.Tensors);
            TensorLayout.CheckNoGaps(file.Name, header.Tensors, LengthBytes + json.Length, file.Length);
            return header;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Utf8JsonReader says InvalidOperationException where a string is no valid UTF-8.
            Throw.Input($"{file.Name}: the header is no valid JSON", fault.Message.TrimEnd('.'), "the JSON object of a safetensors file", "The file is damaged; get it again", fault);
            throw;
        }
    }

    private static int HeaderLength(MappedFile file, MappedBytes bytes)
    {
        if (bytes.Length < LengthBytes + 2)
        {
            Throw.Input($"{file.Name} is no safetensors file", $"{bytes.Length} bytes", "at least 10", "The file is truncated; get it again");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(0, LengthBytes));
        if (length > LongestHeader)
        {
            Throw.Input(
                $"{file.Name} is no safetensors file", $"a header of {length} bytes", $"at most {LongestHeader}", "The file is damaged or of another format; get it again");
        }

        if (length > (ulong)(bytes.Length - LengthBytes))
        {
            Throw.Input(
                $"{file.Name} is truncated", $"{bytes.Length} bytes", $"at least the {length} of the header after the first {LengthBytes}", "Download or copy the file again");
        }

        return (int)length;
    }
}
