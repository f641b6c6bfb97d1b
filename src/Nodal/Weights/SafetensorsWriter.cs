using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Nodal.Weights;

/// <summary>Collects named arrays and writes them as one safetensors file.</summary>
/// <remarks>
/// Writes front to back without seeking, so that the caller may write to a temporary file and rename it. The same content gives the same bytes in whatever
/// order it was added: eight-byte types first, so that all tensors are aligned, then by name. Arrays are not copied; leave them alone until written.
/// </remarks>
internal sealed class SafetensorsWriter
{
    private readonly SortedDictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);

    private sealed record Tensor(string Name, string Type, int ElementBytes, long[] Shape, long Bytes, Action<Stream> Write);

    /// <summary>Adds a string to the file's <c>__metadata__</c>.</summary>
    public void AddMetadata(string key, string value) => _metadata.Add(key, value);

    /// <summary>Adds a float32 tensor.</summary>
    /// <param name="name">Unique in the file.</param>
    /// <param name="values">Row-major elements.</param>
    /// <param name="shape">Outermost dimension first; its product is the number of values.</param>
    public void Add(string name, ReadOnlyMemory<float> values, ReadOnlySpan<long> shape) => AddTensor(name, "F32", values, shape);

    /// <summary>Adds a float64 tensor.</summary>
    /// <inheritdoc cref="Add(string, ReadOnlyMemory{float}, ReadOnlySpan{long})"/>
    public void Add(string name, ReadOnlyMemory<double> values, ReadOnlySpan<long> shape) => AddTensor(name, "F64", values, shape);

    /// <summary>Adds an int64 tensor.</summary>
    /// <inheritdoc cref="Add(string, ReadOnlyMemory{float}, ReadOnlySpan{long})"/>
    public void Add(string name, ReadOnlyMemory<long> values, ReadOnlySpan<long> shape) => AddTensor(name, "I64", values, shape);

    /// <summary>Writes the whole file at the stream's position; leaves the stream open.</summary>
    public void WriteTo(Stream stream)
    {
        var ordered = _tensors.Values.OrderByDescending(tensor => tensor.ElementBytes).ThenBy(tensor => tensor.Name, StringComparer.Ordinal).ToList();
        var header = Header(ordered);
        Span<byte> length = stackalloc byte[SafetensorsHeader.LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in ordered)
            tensor.Write(stream);
    }

    private void AddTensor<T>(string name, string type, ReadOnlyMemory<T> values, ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        var elements = 1L;
        foreach (var size in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(shape));
            elements = checked(elements * size);
        }

        if (elements != values.Length)
        {
            throw new ArgumentException($"tensor '{name}' of shape [{string.Join(", ", shape.ToArray())}] was given {values.Length} values", nameof(values));
        }

        if (name == SafetensorsHeaderReader.MetadataKey)
        {
            throw new ArgumentException("the format keeps this name for itself", nameof(name));
        }

        var elementBytes = Marshal.SizeOf<T>();
        _tensors.Add(name, new Tensor(name, type, elementBytes, shape.ToArray(), elements * elementBytes, stream => WriteValues(stream, values.Span)));
    }

    // In pieces, because a span of bytes ends at 2 GiB.
    private static void WriteValues<T>(Stream stream, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        const int Piece = 1 << 24;
        for (; values.Length > Piece; values = values[Piece..])
            stream.Write(MemoryMarshal.AsBytes(values[..Piece]));
        stream.Write(MemoryMarshal.AsBytes(values));
    }

    // Spaces at the end bring the data to a multiple of eight.
    private byte[] Header(List<Tensor> ordered)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMetadata(json);
            var offset = 0L;
            foreach (var tensor in ordered)
            {
                WriteTensor(json, tensor, offset);
                offset += tensor.Bytes;
            }

            json.WriteEndObject();
        }

        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private void WriteMetadata(Utf8JsonWriter json)
    {
        if (_metadata.Count == 0)
        {
            return;
        }

        json.WriteStartObject(SafetensorsHeaderReader.MetadataKey);
        foreach (var (key, value) in _metadata)
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteTensor(Utf8JsonWriter json, Tensor tensor, long offset)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.Type);
        json.WriteStartArray("shape");
        foreach (var size in tensor.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + tensor.Bytes);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
