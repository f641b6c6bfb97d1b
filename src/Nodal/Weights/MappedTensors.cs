using Nodal.Runtime;

namespace Nodal.Weights;

/// <summary>Reads tensors of one mapped file whose locations have been checked. Owns the file.</summary>
internal sealed class MappedTensors : IDisposable
{
    // Whole blocks of every type, and small enough that a piece and its floats stay in the cache.
    private const int PieceElements = 1 << 16;

    private readonly MappedFile _file;
    private readonly Dictionary<string, TensorLocation> _locations;

    public MappedTensors(MappedFile file, IEnumerable<TensorLocation> tensors)
    {
        _file = file;
        _locations = tensors.ToDictionary(tensor => tensor.Entry.Name, StringComparer.Ordinal);
        Entries = _locations.ToDictionary(pair => pair.Key, pair => pair.Value.Entry, StringComparer.Ordinal);
    }

    public IReadOnlyDictionary<string, TensorEntry> Entries { get; }

    public void ReadFloat32(string name, Span<float> destination) => Read(name, destination, TensorDecoder.ToFloat32);

    public void ReadFloat64(string name, Span<double> destination) => Read(name, destination, TensorDecoder.ToFloat64);

    public void ReadInt64(string name, Span<long> destination)
    {
        if (_locations.TryGetValue(name, out var tensor) && !TensorDecoder.IsInteger(tensor.Entry.Type))
        {
            Throw.Input(
                $"{_file.Name}, tensor {Quoted.Name(name)} is read as integers", $"{tensor.Entry.Type}", "I8, I16, I32, I64 or U8",
                "Use a file that stores integers there");
        }

        Read(name, destination, TensorDecoder.ToInt64);
    }

    public void Dispose() => _file.Dispose();

    private void Read<T>(string name, Span<T> destination, Decoder<T> decode)
    {
        using var bytes = _file.Borrow();
        var tensor = Find(name, destination.Length);
        for (var done = 0L; !destination.IsEmpty; done += PieceElements)
        {
            var piece = destination[..Math.Min(PieceElements, destination.Length)];
            decode(tensor.Entry.Type, Piece(bytes, tensor, done, piece.Length), piece);
            destination = destination[piece.Length..];
        }
    }

    private static ReadOnlySpan<byte> Piece(MappedBytes bytes, TensorLocation tensor, long firstElement, int elements)
    {
        var format = TensorFormat.Of(tensor.Entry.Type);
        var offset = tensor.Offset + (firstElement / format.BlockElements * format.BlockBytes);
        return bytes.Slice(offset, elements / format.BlockElements * format.BlockBytes);
    }

    private TensorLocation Find(string name, int elements)
    {
        if (!_locations.TryGetValue(name, out var tensor))
        {
            Throw.Input(
                $"{_file.Name}: a tensor is missing", $"{_locations.Count} tensors, none of them {Quoted.Name(name)}", "a file that holds it",
                "Check that the file is complete and of the architecture its configuration says");
        }

        if (tensor.Entry.Elements != elements)
        {
            throw new ArgumentException($"tensor {Quoted.Name(name)} has {tensor.Entry.Elements} elements, the destination {elements}", nameof(elements));
        }

        return tensor;
    }

    private delegate void Decoder<T>(TensorType type, ReadOnlySpan<byte> blocks, Span<T> values);
}
