namespace Nodal.Weights;

/// <summary>One GGUF file, version 2 or 3. Everything before the data is checked before <see cref="Open"/> returns; tensors are read from the map when asked for.</summary>
internal sealed class GgufFile : IWeightSource
{
    private readonly MappedTensors _tensors;

    private GgufFile(MappedFile file, GgufHeader header)
    {
        _tensors = new MappedTensors(file, header.Tensors);
        Metadata = header.Metadata;
        Files = [file.FullPath];
    }

    public IReadOnlyDictionary<string, TensorEntry> Entries => _tensors.Entries;

    public IReadOnlyDictionary<string, object> Metadata { get; }

    public IReadOnlyList<string> Files { get; }

    /// <summary>Maps and checks a file.</summary>
    /// <exception cref="Runtime.NodalException">It is not there, or not a GGUF file that is read.</exception>
    public static GgufFile Open(string path)
    {
        var file = MappedFile.Open(path);
        try
        {
            return new GgufFile(file, GgufHeader.Read(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void ReadFloat32(string name, Span<float> destination) => _tensors.ReadFloat32(name, destination);

    public void ReadFloat64(string name, Span<double> destination) => _tensors.ReadFloat64(name, destination);

    public void ReadInt64(string name, Span<long> destination) => _tensors.ReadInt64(name, destination);

    public void Dispose() => _tensors.Dispose();
}
