using Nodal.Models;

namespace Nodal.Circuits;

/// <summary>Dimensions of the model a circuit belongs to; a model of other dimensions has other nodes.</summary>
/// <param name="Layers">Layers.</param>
/// <param name="Heads">Query heads per layer.</param>
/// <param name="HeadWidth">Dimensions of a head.</param>
/// <param name="HiddenWidth">MLP hidden neurons per layer.</param>
/// <param name="Width">Residual stream dimensions.</param>
internal sealed record CircuitShape(int Layers, int Heads, int HeadWidth, int HiddenWidth, int Width)
{
    public static CircuitShape Of(ModelConfig config) =>
        new(config.Layers, config.Heads, config.HeadWidth, config.HiddenWidth, config.Width);
}
