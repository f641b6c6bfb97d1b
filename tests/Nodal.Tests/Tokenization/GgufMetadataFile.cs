using Nodal.Weights;

namespace Nodal.Tests.Tokenization;

/// <summary>Key-value metadata of a GGUF file, without its tensors.</summary>
internal static class GgufMetadataFile
{
    public static IReadOnlyDictionary<string, object> Read(string path)
    {
        using var source = WeightSource.Open(path);
        return source.Metadata;
    }
}
