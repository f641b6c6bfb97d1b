using System.Text;

namespace Nodal.Tests.Weights;

/// <summary>GGUF files, valid or not, piece by piece.</summary>
internal sealed class GgufBytes
{
    private readonly List<byte[]> keys = [];
    private readonly List<byte[]> tensors = [];
    private readonly List<byte> data = [];

    public uint Version { get; init; } = 3;

    public int Alignment { get; init; } = 32;

    /// <summary>What the header says instead of the true number.</summary>
    public ulong? TensorCount { get; init; }

    /// <summary>What the header says instead of the true number.</summary>
    public ulong? KeyCount { get; init; }

    public GgufBytes Key(string key, uint type, Action<BinaryWriter> value)
    {
        keys.Add(Written(writer =>
        {
            Text(writer, key);
            writer.Write(type);
            value(writer);
        }));
        return this;
    }

    public GgufBytes ArrayKey(string key, uint elementType, ulong count, Action<BinaryWriter> elements) => Key(key, 9, writer =>
    {
        writer.Write(elementType);
        writer.Write(count);
        elements(writer);
    });

    /// <summary>Describes a tensor; the shape as the file has it, innermost dimension first.</summary>
    public GgufBytes Tensor(string name, uint type, ulong offset, params ulong[] shape)
    {
        tensors.Add(Written(writer =>
        {
            Text(writer, name);
            writer.Write((uint)shape.Length);
            foreach (var size in shape)
                writer.Write(size);
            writer.Write(type);
            writer.Write(offset);
        }));
        return this;
    }

    public GgufBytes Data(params byte[] bytes)
    {
        data.AddRange(bytes);
        return this;
    }

    public byte[] Build()
    {
        var front = Written(writer =>
        {
            writer.Write("GGUF"u8);
            writer.Write(Version);
            writer.Write(TensorCount ?? (ulong)tensors.Count);
            writer.Write(KeyCount ?? (ulong)keys.Count);
            foreach (var part in keys.Concat(tensors))
                writer.Write(part);
        });
        var padding = new byte[(Alignment - (front.Length % Alignment)) % Alignment];
        return [.. front, .. padding, .. data];
    }

    public static void Text(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }

    /// <summary>A valid file with every kind of metadata and tensors of three types.</summary>
    public static GgufBytes Valid() => new GgufBytes()
        .Key("general.architecture", 8, writer => Text(writer, "llama"))
        .Key("u8", 0, writer => writer.Write((byte)200))
        .Key("i8", 1, writer => writer.Write((sbyte)-3))
        .Key("u16", 2, writer => writer.Write((ushort)60000))
        .Key("i16", 3, writer => writer.Write((short)-300))
        .Key("u32", 4, writer => writer.Write(4000000000))
        .Key("i32", 5, writer => writer.Write(-70000))
        .Key("f32", 6, writer => writer.Write(1.5f))
        .Key("bool", 7, writer => writer.Write((byte)1))
        .Key("u64", 10, writer => writer.Write(ulong.MaxValue))
        .Key("i64", 11, writer => writer.Write(long.MinValue))
        .Key("f64", 12, writer => writer.Write(0.1))
        .ArrayKey("texts", 8, 2, writer => { Text(writer, "ab"); Text(writer, "ü"); })
        .ArrayKey("floats", 6, 2, writer => { writer.Write(1f); writer.Write(-2f); })
        .ArrayKey("ints", 5, 2, writer => { writer.Write(1); writer.Write(-2); })
        .ArrayKey("bools", 7, 2, writer => writer.Write([0, 1]))
        .ArrayKey("empty", 8, 0, _ => { })
        .Tensor("a", 0, 0, 3, 2)
        .Tensor("b", 8, 32, 32, 1)
        .Tensor("c", 26, 96, 2)
        .Data([.. Enumerable.Range(0, 104).Select(i => (byte)i)]);

    private static byte[] Written(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        write(writer);
        writer.Flush();
        return stream.ToArray();
    }
}
