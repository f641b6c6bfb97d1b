using System.Buffers.Binary;
using System.Text;

namespace Nodal.Tests.Weights;

/// <summary>Safetensors files, valid or not, from the text of their header.</summary>
internal static class SafetensorsBytes
{
    /// <summary>The header's length, the header, so many bytes of data (0, 1, 2, …).</summary>
    public static byte[] Of(string header, int dataBytes) => Of(Encoding.UTF8.GetBytes(header), dataBytes);

    public static byte[] Of(byte[] header, int dataBytes) =>
        [.. Length(header.Length), .. header, .. Enumerable.Range(0, dataBytes).Select(i => (byte)i)];

    public static byte[] Length(long length)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        return bytes;
    }

    /// <summary>The description of one tensor, to stand between the braces of a header.</summary>
    public static string Tensor(string name, string type, string shape, string begin, string end) =>
        $$"""{{Quote(name)}}:{"dtype":{{Quote(type)}},"shape":[{{shape}}],"data_offsets":[{{begin}},{{end}}]}""";

    /// <summary>A valid file with tensors of several types and metadata.</summary>
    public static byte[] Valid() => Of(
        "{" + string.Join(
            ',',
            "\"__metadata__\":{\"format\":\"pt\"}",
            Tensor("a", "F32", "2,3", "0", "24"),
            Tensor("b", "BF16", "4", "24", "32"),
            Tensor("c", "I64", "2", "32", "48"),
            Tensor("nothing", "F32", "0,5", "48", "48"),
            Tensor("scalar", "F64", "", "48", "56")) + "}",
        56);

    private static string Quote(string text) => $"\"{text}\"";
}
