using Nodal.Models;

namespace Nodal.Gates;

/// <summary>Parameters of a whole model by part; only <see cref="Blocks"/> carry gates and count as size.</summary>
/// <param name="Blocks">Attention and MLP blocks, as <see cref="SizeAccount.Total"/>.</param>
/// <param name="Embeddings">Of tokens, and of positions where they are learned.</param>
/// <param name="Norms">Two of each layer and the last one.</param>
/// <param name="Head">LM head; 0 where it is the token embedding.</param>
public sealed record ParameterCounts(long Blocks, long Embeddings, long Norms, long Head)
{
    /// <summary>All of them.</summary>
    public long Total => Blocks + Embeddings + Norms + Head;

    /// <summary>Of a model.</summary>
    public static ParameterCounts Of(GateLayout layout)
    {
        var config = layout.Config;
        var vocabulary = (long)config.VocabularySize * config.Width;
        var positions = config.Rotary is null ? (long)config.ContextLength * config.Width : 0;
        var norm = config.Width * (config.Norm switch { NormKind.LayerNorm => 2L, NormKind.RmsNorm => 1, _ => 0 });
        return new ParameterCounts(
            new SizeAccount(layout).Total, vocabulary + positions, ((2L * config.Layers) + 1) * norm, config.TiedEmbeddings ? 0 : (long)config.OutputSize * config.Width);
    }
}
