namespace Nodal.Weights;

/// <summary>One safetensors file. The header is checked before <see cref="Open"/> returns; tensors are read from the map when asked for.</summary>
internal sealed class SafetensorsFile : IWeightSource
{
    private readonly MappedTensors _tensors;

    private SafetensorsFile(MappedFile file, SafetensorsHeader header)
    {
        _tensors = new MappedTensors(file, header.Tensors);
        Metadata = header.Metadata;
        Files = [file.FullPath];
    }

    public IReadOnlyDictionary<string, TensorEntry> Entries => _tensors.Entries;

    public IReadOnlyDictionary<string, object> Metadata { get; }

    public IReadOnlyList<string> Files { get; }

    /// <summary>Maps and checks a file.</summary>
    /// <exception cref="Runtime.NodalException">It is not there, or not a valid safetensors file.</exception>
    public static SafetensorsFile Open(string path)
    {
        var file = MappedFile.Open(path);
        try
        {
            return new SafetensorsFile(file, SafetensorsHeader.Read(file));
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
