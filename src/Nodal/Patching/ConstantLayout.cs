using Nodal.Models;

namespace Nodal.Patching;

/// <summary>Where each constant stands in one flat vector: of each layer the head results (classes, z), then the hidden activations (classes, h); behind all layers the embedding (classes, d).</summary>
/// <remarks>What heads, blocks and MLP outputs have when they are closed follows from these by the model's own linear maps.</remarks>
internal sealed class ConstantLayout(ModelConfig config, MeanPositions positions)
{
    public MeanPositions Positions => positions;

    /// <summary>c.</summary>
    public int Classes { get; } = PositionClasses.Count(positions);

    public ModelConfig Config => config;

    /// <summary>Constants of attention neurons and hidden neurons, the ones that can be trained.</summary>
    public int Trained => config.Layers * PerLayer;

    public int Count => Trained + (Classes * config.Width);

    /// <summary>(classes, z).</summary>
    public Range Heads(int layer) => Span(layer * PerLayer, config.AttentionWidth);

    /// <summary>(classes, h).</summary>
    public Range Hidden(int layer) => Span((layer * PerLayer) + (Classes * config.AttentionWidth), config.HiddenWidth);

    /// <summary>(classes, d).</summary>
    public Range Embedding => Trained..Count;

    private int PerLayer => Classes * (config.AttentionWidth + config.HiddenWidth);

    private Range Span(int start, int width) => start..(start + (Classes * width));
}
