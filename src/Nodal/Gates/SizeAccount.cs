using System.Numerics.Tensors;
using Nodal.Models;

namespace Nodal.Gates;

/// <summary>
/// Parameters of the really shrunk model as a function of the gates: the one place where size is counted.
/// </summary>
/// <remarks>
/// <para>With a, g_h, n_hj the gates of an attention block, its heads and their neurons, G a group of heads with one K/V head,
/// b, u_i, o_k those of an MLP block, its hidden neurons and outputs, the size of a layer is</para>
/// <code>
/// a · [ Σ_h g_h · |Q_h|  +  Σ_G (1 − Π_h∈G (1 − g_h)) · |K_G|  +  Σ_Gj (1 − Π_h∈G (1 − g_h n_hj)) · |V column|  +  Σ_hj g_h n_hj · |O column|  +  |O bias| ]
/// b · [ Σ_i u_i · |in rows|  +  Σ_i u_i · Σ_k o_k  +  Σ_k o_k · |down bias| ]
/// </code>
/// <para>It is linear in each gate alone, so with independent gates it is the expected size, and on a closed set of 0/1 gates the exact one.
/// Embeddings, norms and LM head are no blocks and are not counted. A layer's gate, where there is one, multiplies the whole of its layer; the embedding's gate has no parameters,
/// so that nothing is gained in size by closing it.</para>
/// </remarks>
public sealed class SizeAccount
{
    private readonly GateLayout _layout;
    private readonly AttentionSize _attention;
    private readonly MlpSize _mlp;

    /// <summary>The account of a model.</summary>
    public SizeAccount(GateLayout layout)
    {
        _layout = layout;
        _attention = new AttentionSize(layout.Config);
        _mlp = new MlpSize(layout.Config);
        Total = ParametersOfBlocks(layout.Config);
    }

    /// <summary>Parameters of all blocks, every gate open.</summary>
    public long Total { get; }

    /// <summary>Expected parameters of the shrunk model.</summary>
    /// <param name="gates">(gates), each in [0, 1].</param>
    public double Parameters(ReadOnlySpan<double> gates)
    {
        double sum = 0;
        for (var layer = 0; layer < _layout.Config.Layers; layer++)
        {
            sum += Parameters(gates, layer);
        }

        return sum;
    }

    /// <summary>The same of one layer.</summary>
    internal double Parameters(ReadOnlySpan<double> gates, int layer) => LayerGate(gates, layer) * Inside(gates, layer);

    /// <summary>Size as a fraction of <see cref="Total"/>.</summary>
    public double Fraction(ReadOnlySpan<double> gates) => Parameters(gates) / Total;

    /// <summary>∂ parameters / ∂ gate for every gate.</summary>
    /// <param name="gates">(gates).</param>
    /// <param name="gradient">(gates), overwritten.</param>
    public void Gradient(ReadOnlySpan<double> gates, Span<double> gradient)
    {
        for (var layer = 0; layer < _layout.Config.Layers; layer++)
        {
            _attention.Gradient(
                AttentionGates(gates, layer), ref gradient[_layout.Offset(Granularity.AttentionBlock, layer)],
                gradient[_layout.Span(Granularity.Head, layer)], gradient[_layout.Span(Granularity.AttentionNeuron, layer)]);
            _mlp.Gradient(
                MlpGates(gates, layer), ref gradient[_layout.Offset(Granularity.MlpBlock, layer)],
                gradient[_layout.Span(Granularity.MlpHidden, layer)], gradient[_layout.Span(Granularity.MlpOutput, layer)]);
            if (_layout.Has(Granularity.Layer))
            {
                Multiply(gradient, layer, LayerGate(gates, layer));
                gradient[_layout.Offset(Granularity.Layer, layer)] = Inside(gates, layer);
            }
        }

        gradient[_layout.Span(Granularity.Embedding)].Clear();
    }

    /// <summary>Parameters of a layer whose own gate is open.</summary>
    private double Inside(ReadOnlySpan<double> gates, int layer) => _attention.Parameters(AttentionGates(gates, layer)) + _mlp.Parameters(MlpGates(gates, layer));

    /// <summary>1 where layers have no gates.</summary>
    private double LayerGate(ReadOnlySpan<double> gates, int layer) => _layout.Has(Granularity.Layer) ? gates[_layout.Offset(Granularity.Layer, layer)] : 1;

    private void Multiply(Span<double> gradient, int layer, double gate)
    {
        foreach (var granularity in GateLayout.All)
        {
            var own = gradient[_layout.Span(granularity, layer)];
            TensorPrimitives.Multiply(own, gate, own);
        }
    }

    private AttentionGates AttentionGates(ReadOnlySpan<double> gates, int layer) => new(
        gates[_layout.Offset(Granularity.AttentionBlock, layer)],
        gates[_layout.Span(Granularity.Head, layer)],
        gates[_layout.Span(Granularity.AttentionNeuron, layer)]);

    private MlpGates MlpGates(ReadOnlySpan<double> gates, int layer) => new(
        gates[_layout.Offset(Granularity.MlpBlock, layer)],
        gates[_layout.Span(Granularity.MlpHidden, layer)],
        gates[_layout.Span(Granularity.MlpOutput, layer)]);

    private static long ParametersOfBlocks(ModelConfig config)
    {
        static long Map(long inputs, long outputs, bool bias) => outputs * (inputs + (bias ? 1 : 0));
        var layer = Map(config.Width, config.AttentionWidth + (2L * config.KeyValueWidth), config.AttentionInputBias)
            + Map(config.AttentionWidth, config.Width, config.AttentionOutputBias)
            + Map(config.Width, config.HiddenWidth * (config.GatedMlp ? 2L : 1), config.MlpBias)
            + Map(config.HiddenWidth, config.Width, config.MlpBias);
        return layer * config.Layers;
    }
}
