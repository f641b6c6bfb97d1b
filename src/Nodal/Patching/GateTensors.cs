using Nodal.Gates;
using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>The gates of one step as tensors, one per granularity, and their products along ancestors.</summary>
internal sealed class GateTensors
{
    private readonly GateLayout _layout;
    private readonly GateValues _gates;
    private readonly Dictionary<Granularity, Tensor> _tensors;

    /// <summary>Copies the gates, in the caller's dispose scope.</summary>
    /// <param name="layout">Where the gates stand.</param>
    /// <param name="gates">The gates.</param>
    /// <param name="precision">The model's.</param>
    /// <param name="gradient">Whether a gradient is wanted for them.</param>
    public GateTensors(GateLayout layout, GateValues gates, ScalarType precision, bool gradient)
    {
        _layout = layout;
        _gates = gates;
        _tensors = layout.Granularities.ToDictionary(
            granularity => granularity,
            granularity => tensor(gates.Values[layout.Span(granularity)], layout.Rows(granularity), layout.PerLayer(granularity)).to(precision).requires_grad_(gradient));
    }

    /// <summary>(1): the embedding's gate, or <see langword="null"/> where it has none.</summary>
    public Tensor? Embedding => _layout.Has(Granularity.Embedding) ? Of(Granularity.Embedding, 0) : null;

    /// <summary>Whether the block's own gate is not live.</summary>
    public bool AttentionClosed(int layer) => !_gates.Live[_layout.Offset(Granularity.AttentionBlock, layer)];

    /// <inheritdoc cref="AttentionClosed"/>
    public bool MlpClosed(int layer) => !_gates.Live[_layout.Offset(Granularity.MlpBlock, layer)];

    /// <summary>(1): the block's own gate.</summary>
    public Tensor AttentionBlock(int layer) => Of(Granularity.AttentionBlock, layer);

    /// <summary>(z): m_a = block · head · neuron.</summary>
    public Tensor Attention(int layer) =>
        Of(Granularity.AttentionBlock, layer) * Of(Granularity.Head, layer).repeat_interleave(_layout.Config.HeadWidth) * Of(Granularity.AttentionNeuron, layer);

    /// <summary>(h): the hidden gates.</summary>
    public Tensor Hidden(int layer) => Of(Granularity.MlpHidden, layer);

    /// <summary>(d): block · output.</summary>
    public Tensor Output(int layer) => Of(Granularity.MlpBlock, layer) * Of(Granularity.MlpOutput, layer);

    /// <summary>Copies the gradients of all gates into one vector; a granularity no gradient reached has 0.</summary>
    /// <param name="gradient">(gates), overwritten.</param>
    public void ReadGradient(Span<double> gradient)
    {
        foreach (var granularity in _layout.Granularities)
        {
            var target = gradient[_layout.Span(granularity)];
            if (_tensors[granularity].grad is { } grad)
            {
                using var wide = grad.to(ScalarType.Float64).contiguous();
                wide.data<double>().ToArray().CopyTo(target);
            }
            else
            {
                target.Clear();
            }
        }
    }

    private Tensor Of(Granularity granularity, int layer) => _tensors[granularity][layer];
}
