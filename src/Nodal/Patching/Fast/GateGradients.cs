using Nodal.Gates;

namespace Nodal.Patching.Fast;

/// <summary>Gradients of all gates, summed layer by layer: from those of effective gates to those of each node and its ancestors.</summary>
/// <param name="layout">Where the gates stand.</param>
internal sealed class GateGradients(GateLayout layout)
{
    private double[] _gates = [];

    /// <summary>Sums of the stream's gradients, where constants are trained; else <see langword="null"/>.</summary>
    public StreamSums? Streams { get; init; }

    /// <summary>(gates).</summary>
    public double[] Sum { get; } = new double[layout.Count];

    /// <summary>Starts anew with gates of these values.</summary>
    public void Begin(double[] gates)
    {
        _gates = gates;
        Array.Clear(Sum);
        Streams?.Clear();
    }

    /// <summary>Adds to the gradient of the embedding's gate.</summary>
    public void AddEmbedding(double gradient) => Sum[layout.Offset(Granularity.Embedding)] += gradient;

    /// <summary>Adds to the gradient of an attention block's own gate.</summary>
    public void AddAttentionBlock(int layer, double gradient) => Sum[layout.Offset(Granularity.AttentionBlock, layer)] += gradient;

    /// <summary>With m = block · head · neuron, the share of each of the three in ∂/∂m.</summary>
    /// <param name="layer">0-based.</param>
    /// <param name="head">The head.</param>
    /// <param name="effective">(columns of the block): ∂/∂m.</param>
    public void AddHead(int layer, HeadPlan head, ReadOnlySpan<float> effective)
    {
        var (block, own) = (layout.Offset(Granularity.AttentionBlock, layer), layout.Offset(Granularity.Head, layer) + head.Head);
        var neurons = layout.Offset(Granularity.AttentionNeuron, layer);
        double inside = 0;
        for (var i = 0; i < head.Neurons.Length; i++)
        {
            var gradient = effective[head.FirstColumn + i];
            var neuron = neurons + head.Neurons[i];
            Sum[neuron] += _gates[block] * _gates[own] * gradient;
            inside += _gates[neuron] * gradient;
        }

        Sum[own] += _gates[block] * inside;
        Sum[block] += _gates[own] * inside;
    }

    /// <summary>Adds to the gradients of hidden gates.</summary>
    /// <param name="layer">0-based.</param>
    /// <param name="open">Which.</param>
    /// <param name="gradients">Theirs.</param>
    public void AddHidden(int layer, int[] open, ReadOnlySpan<float> gradients)
    {
        var first = layout.Offset(Granularity.MlpHidden, layer);
        for (var i = 0; i < open.Length; i++)
        {
            Sum[first + open[i]] += gradients[i];
        }
    }

    /// <summary>With o = block · output, the share of both in ∂/∂o.</summary>
    /// <param name="layer">0-based.</param>
    /// <param name="open">Which outputs.</param>
    /// <param name="factors">∂/∂o.</param>
    public void AddOutputs(int layer, int[] open, ReadOnlySpan<float> factors)
    {
        var (block, first) = (layout.Offset(Granularity.MlpBlock, layer), layout.Offset(Granularity.MlpOutput, layer));
        for (var i = 0; i < open.Length; i++)
        {
            Sum[first + open[i]] += _gates[block] * factors[i];
            Sum[block] += _gates[first + open[i]] * factors[i];
        }
    }
}
