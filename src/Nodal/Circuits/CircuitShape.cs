using Nodal.Gates;
using Nodal.Models;

namespace Nodal.Circuits;

/// <summary>Dimensions of the model a circuit belongs to; a model of other dimensions has other nodes.</summary>
/// <param name="Layers">Layers.</param>
/// <param name="Heads">Query heads per layer.</param>
/// <param name="HeadWidth">Dimensions of a head.</param>
/// <param name="HiddenWidth">MLP hidden neurons per layer.</param>
/// <param name="Width">Residual stream dimensions.</param>
public sealed record CircuitShape(int Layers, int Heads, int HeadWidth, int HiddenWidth, int Width)
{
    /// <summary>Of a model.</summary>
    public static CircuitShape Of(ModelConfig config) =>
        new(config.Layers, config.Heads, config.HeadWidth, config.HiddenWidth, config.Width);

    /// <summary>Whether a model of these dimensions has a node.</summary>
    public bool Has(Node node) => node.Layer < Layers && node.Granularity switch
    {
        Granularity.Head => node.Head < Heads,
        Granularity.AttentionNeuron => node.Head < Heads && node.Index < HeadWidth,
        Granularity.MlpHidden => node.Index < HiddenWidth,
        Granularity.MlpOutput => node.Index < Width,
        _ => true,
    };
}
