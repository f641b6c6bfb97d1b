using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Models;
using static Nodal.Models.WeightSquares;

namespace Nodal.Evaluation.Evidence;

/// <summary>The circuit of equal size that looks at weights alone: in each layer and granularity as many nodes as a circuit has, those with the largest weights.</summary>
/// <remarks>
/// Magnitude pruning (Han et al. 2015, arXiv 1506.02626) by nodes. A node's magnitude is the Euclidean norm of the weights that are its own: of a head its query rows and output columns; of an attention neuron its value
/// row and output column; of a hidden neuron its rows in and its column out; of an output its row. Norms of different granularities or layers are never compared.
/// </remarks>
internal static class MagnitudeCircuit
{
    /// <param name="circuit">The circuit to be like.</param>
    /// <param name="model">Its model.</param>
    public static NodeSet Like(NodeSet circuit, Transformer model)
    {
        var layout = circuit.Layout;
        var open = circuit.Kept();
        for (var layer = 0; layer < layout.Config.Layers; layer++)
        {
            var weights = model.Weights.Layers[layer];
            ChooseHeads(layout, layer, weights, open);
            Largest(Sum(Rows(weights.Up), Columns(weights.Down), weights.Gate is { } gate ? Rows(gate) : null), open.AsSpan(layout.Span(Granularity.MlpHidden, layer)));
            Largest(Rows(weights.Down), open.AsSpan(layout.Span(Granularity.MlpOutput, layer)));
        }

        return NodeSet.Close(layout, open);
    }

    /// <summary>The heads with the largest weights; of each its largest neuron, so that it stays, then the largest of the others.</summary>
    private static void ChooseHeads(GateLayout layout, int layer, LayerWeights weights, bool[] open)
    {
        var (config, width) = (layout.Config, layout.Config.HeadWidth);
        var heads = open.AsSpan(layout.Span(Granularity.Head, layer));
        var neurons = open.AsSpan(layout.Span(Granularity.AttentionNeuron, layer));
        var (query, value, output) = (Rows(weights.Query), Rows(weights.Value), Columns(weights.Output));
        Largest([.. Enumerable.Range(0, config.Heads).Select(head => Enumerable.Range(head * width, width).Sum(i => query[i] + output[i]))], heads);
        var kept = heads.ToArray();
        double[] own = [.. Enumerable.Range(0, config.AttentionWidth).Select(i => output[i] + value[(i / width / config.GroupSize * width) + (i % width)])];
        var count = neurons.Count(true);
        int[] candidates = [.. Enumerable.Range(0, own.Length).Where(i => kept[i / width]).OrderByDescending(i => own[i])];
        var first = candidates.DistinctBy(i => i / width).ToArray();
        neurons.Clear();
        foreach (var i in first.Concat(candidates.Except(first)).Take(count))
        {
            neurons[i] = true;
        }
    }

    /// <summary>Opens as many as are open, those with the largest norms.</summary>
    private static void Largest(double[] norms, Span<bool> open)
    {
        var count = open.Count(true);
        open.Clear();
        foreach (var i in Enumerable.Range(0, norms.Length).OrderByDescending(i => norms[i]).Take(count))
        {
            open[i] = true;
        }
    }

    private static double[] Sum(double[] first, double[] second, double[]? third) => [.. first.Select((value, i) => value + second[i] + (third?[i] ?? 0))];
}
