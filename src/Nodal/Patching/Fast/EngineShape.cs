using Nodal.Models;

namespace Nodal.Patching.Fast;

/// <summary>Padded dimensions of a model.</summary>
/// <param name="config">The model's own.</param>
internal sealed class EngineShape(ModelConfig config)
{
    public ModelConfig Config { get; } = config;

    /// <summary>d': residual stream.</summary>
    public int Width { get; } = Lanes.Pad(config.Width);

    /// <summary>e': one head.</summary>
    public int HeadWidth { get; } = Lanes.Pad(config.HeadWidth);

    /// <summary>z': concatenated head results.</summary>
    public int AttentionWidth { get; } = Lanes.Pad(config.AttentionWidth);

    /// <summary>h': hidden neurons.</summary>
    public int HiddenWidth { get; } = Lanes.PadShape(config.HiddenWidth);

    /// <summary>K e': all keys, or all values, of a position.</summary>
    public int KeyWidth => Config.KeyValueHeads * HeadWidth;

    /// <summary>Maps into each hidden neuron: gate and up, or one.</summary>
    public int InputMaps => Config.GatedMlp ? 2 : 1;
}
