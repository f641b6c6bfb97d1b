using Nodal.Circuits;
using Nodal.Gates;

namespace Nodal.Evaluation.Evidence;

/// <summary>Circuits of equal size drawn at random: as many nodes of each granularity in each layer as a circuit has, closed sets like it.</summary>
/// <remarks>
/// Blocks, layers and the embedding are the circuit's own, one of each in a layer leaving nothing to draw. Heads are drawn evenly; the numbers of neurons that the circuit's heads have are dealt out
/// among them, the neurons of each drawn evenly; so are hidden neurons and outputs. Parameters are the same but where query heads share a K/V head that is counted once.
/// </remarks>
internal static class RandomCircuit
{
    /// <summary>Some of them that are not the circuit itself: fewer than drawn where others are few, none where of each granularity a layer has all nodes or none.</summary>
    /// <param name="circuit">The circuit to be like.</param>
    /// <param name="drawn">How many are drawn.</param>
    /// <param name="seed">Of the drawing.</param>
    public static NodeSet[] Others(NodeSet circuit, int drawn, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, drawn).Select(_ => Like(circuit, random)).Where(other => !other.SameAs(circuit))];
    }

    /// <summary>One of them, by chance perhaps the circuit itself.</summary>
    /// <param name="circuit">The circuit to be like.</param>
    /// <param name="random">Draws.</param>
    public static NodeSet Like(NodeSet circuit, Random random)
    {
        var layout = circuit.Layout;
        var open = circuit.Kept();
        for (var layer = 0; layer < layout.Config.Layers; layer++)
        {
            DrawHeads(layout, open.AsSpan(layout.Span(Granularity.Head, layer)), open.AsSpan(layout.Span(Granularity.AttentionNeuron, layer)), random);
            random.Shuffle(open.AsSpan(layout.Span(Granularity.MlpHidden, layer)));
            random.Shuffle(open.AsSpan(layout.Span(Granularity.MlpOutput, layer)));
        }

        return NodeSet.Close(layout, open);
    }

    /// <summary>Moves the neurons of each head to a head drawn for it, and shuffles them there.</summary>
    private static void DrawHeads(GateLayout layout, Span<bool> heads, Span<bool> neurons, Random random)
    {
        var width = layout.Config.HeadWidth;
        var (ownHeads, ownNeurons) = (heads.ToArray(), neurons.ToArray());
        var places = Enumerable.Range(0, heads.Length).ToArray();
        random.Shuffle(places);
        for (var head = 0; head < heads.Length; head++)
        {
            var target = neurons.Slice(places[head] * width, width);
            ownNeurons.AsSpan(head * width, width).CopyTo(target);
            random.Shuffle(target);
            heads[places[head]] = ownHeads[head];
        }
    }
}
