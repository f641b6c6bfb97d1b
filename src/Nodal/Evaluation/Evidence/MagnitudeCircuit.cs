using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Models;

namespace Nodal.Evaluation.Evidence;

/// <summary>The circuit of equal size that looks at weights alone: in each layer and granularity as many nodes as a circuit has, those with the largest weights.</summary>
/// <remarks>
/// Magnitude pruning by nodes (<see cref="NodeMagnitudes"/>). Magnitudes of different granularities or layers are never compared.
/// </remarks>
internal static class MagnitudeCircuit
{
    /// <param name="circuit">The circuit to be like.</param>
    /// <param name="model">Its model.</param>
    public static NodeSet Like(NodeSet circuit, Transformer model)
    {
        var layout = circuit.Layout;
        var (open, magnitudes) = (circuit.Kept(), NodeMagnitudes.Of(layout, model));
        for (var layer = 0; layer < layout.Config.Layers; layer++)
        {
            ChooseHeads(layout, layer, magnitudes, open);
            Largest(magnitudes[layout.Span(Granularity.MlpHidden, layer)], open.AsSpan(layout.Span(Granularity.MlpHidden, layer)));
            Largest(magnitudes[layout.Span(Granularity.MlpOutput, layer)], open.AsSpan(layout.Span(Granularity.MlpOutput, layer)));
        }

        return NodeSet.Close(layout, open);
    }

    /// <summary>The heads with the largest weights; of each its largest neuron, so that it stays, then the largest of the others.</summary>
    private static void ChooseHeads(GateLayout layout, int layer, double[] magnitudes, bool[] open)
    {
        var width = layout.Config.HeadWidth;
        var heads = open.AsSpan(layout.Span(Granularity.Head, layer));
        var neurons = open.AsSpan(layout.Span(Granularity.AttentionNeuron, layer));
        Largest(magnitudes[layout.Span(Granularity.Head, layer)], heads);
        var (kept, own) = (heads.ToArray(), magnitudes[layout.Span(Granularity.AttentionNeuron, layer)]);
        var count = neurons.Count(true);
        int[] candidates = [.. Enumerable.Range(0, own.Length).Where(i => kept[i / width]).OrderByDescending(i => own[i])];
        var first = candidates.DistinctBy(i => i / width).ToArray();
        neurons.Clear();
        foreach (var i in first.Concat(candidates.Except(first)).Take(count))
        {
            neurons[i] = true;
        }
    }

    /// <summary>Opens as many as are open, those with the largest magnitudes.</summary>
    private static void Largest(double[] magnitudes, Span<bool> open)
    {
        var count = open.Count(true);
        open.Clear();
        foreach (var i in Enumerable.Range(0, magnitudes.Length).OrderByDescending(i => magnitudes[i]).Take(count))
        {
            open[i] = true;
        }
    }
}
