using System.Text;

namespace Nodal.Tests.Tokenization;

/// <summary>Key-value metadata of a trusted GGUF file.</summary>
internal static class GgufMetadataFile
{
    public static Dictionary<string, object> Read(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        reader.ReadUInt32();
        reader.ReadUInt32();
        reader.ReadUInt64();
        var count = reader.ReadUInt64();
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        for (var at = 0UL; at < count; at++)
        {
            var key = Text(reader);
            values[key] = Value(reader, reader.ReadUInt32());
        }

        return values;
    }

    private static object Value(BinaryReader reader, uint type) => type switch
    {
        0 => reader.ReadByte(),
        4 => reader.ReadUInt32(),
        5 => reader.ReadInt32(),
        6 => reader.ReadSingle(),
        7 => reader.ReadBoolean(),
        8 => Text(reader),
        9 => Elements(reader),
        10 => reader.ReadUInt64(),
        _ => throw new InvalidOperationException($"GGUF type {type}"),
    };

    private static Array Elements(BinaryReader reader)
    {
        var type = reader.ReadUInt32();
        var values = new object[reader.ReadUInt64()];
        for (var at = 0; at < values.Length; at++)
        {
            values[at] = Value(reader, type);
        }

        var array = Array.CreateInstance(values[0].GetType(), values.Length);
        values.CopyTo(array, 0);
        return array;
    }

    private static string Text(BinaryReader reader) => Encoding.UTF8.GetString(reader.ReadBytes((int)reader.ReadUInt64()));
}
