using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Nodal.Models;

/// <summary>All frozen weights of a model, in one layout whatever file they came from.</summary>
internal sealed record TransformerWeights : IDisposable
{
    /// <summary>(vocabulary, d).</summary>
    public required Tensor TokenEmbedding { get; init; }

    /// <summary>(context, d), or <see langword="null"/> with rotary positions.</summary>
    public Tensor? PositionEmbedding { get; init; }

    public required ImmutableArray<LayerWeights> Layers { get; init; }

    public required NormWeights FinalNorm { get; init; }

    /// <summary>d → outputs; shares <see cref="TokenEmbedding"/> where the embeddings are tied.</summary>
    public required LinearMap Head { get; init; }

    public void Dispose()
    {
        TokenEmbedding.Dispose();
        PositionEmbedding?.Dispose();
        foreach (var layer in Layers)
        {
            layer.Dispose();
        }

        FinalNorm.Dispose();
        Head.Dispose();
    }
}
