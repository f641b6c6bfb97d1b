using System.Globalization;
using Nodal.Circuits;
using Nodal.Gates;

namespace Nodal.Evaluation.Evidence;

/// <summary>Nodes to take from circuit and model: K.</summary>
/// <param name="Words">As a person reads it.</param>
/// <param name="Positions">In the layout.</param>
internal sealed record RemovedNodes(string Words, int[] Positions)
{
    /// <summary>Kept nodes by their names.</summary>
    public static RemovedNodes Of(GateLayout layout, IEnumerable<int> positions)
    {
        int[] sorted = [.. positions.Order()];
        return new RemovedNodes(sorted.Length == 0 ? "nothing" : string.Join(", ", sorted.Select(position => layout[position])), sorted);
    }

    /// <summary>Kept heads and MLP blocks: what is taken as a whole.</summary>
    public static int[] Units(NodeSet circuit) => [.. circuit.Positions(Granularity.Head), .. circuit.Positions(Granularity.MlpBlock)];

    /// <summary>The kept heads, and the MLP block, of each layer; then all kept nodes of each granularity that has parameters of its own.</summary>
    public static IEnumerable<RemovedNodes> Groups(NodeSet circuit)
    {
        var layout = circuit.Layout;
        var layers = Enumerable.Range(0, layout.Config.Layers).SelectMany(layer => new[]
        {
            new RemovedNodes(string.Create(CultureInfo.InvariantCulture, $"heads of layer {layer}"), InLayer(Granularity.Head, layer)),
            new RemovedNodes(string.Create(CultureInfo.InvariantCulture, $"MLP block of layer {layer}"), InLayer(Granularity.MlpBlock, layer)),
        });
        var granularities = Whole.Select(granularity => new RemovedNodes($"all of {granularity}", [.. circuit.Positions(granularity)]));
        return layers.Concat(granularities).Where(group => group.Positions.Length > 0);

        int[] InLayer(Granularity granularity, int layer) => [.. circuit.Positions(granularity).Where(position => layout[position].Layer == layer)];
    }

    private static readonly Granularity[] Whole = [Granularity.Head, Granularity.AttentionNeuron, Granularity.MlpBlock, Granularity.MlpHidden, Granularity.MlpOutput];
}
