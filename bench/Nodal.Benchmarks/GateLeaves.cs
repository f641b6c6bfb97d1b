using Nodal.Gates;
using static TorchSharp.torch;

namespace Nodal.Benchmarks;

/// <summary>The gates as the published form has them: tensors that require a gradient, one gate a node, no products along ancestors.</summary>
internal sealed class GateLeaves
{
    private readonly GateLayout _layout;
    private readonly Tensor[] _tensors;

    /// <summary>Copies the gates, in the caller's dispose scope.</summary>
    public GateLeaves(GateLayout layout, double[] gates, ScalarType precision)
    {
        _layout = layout;
        _tensors = [.. GateLayout.All.Select(granularity =>
            tensor(gates[layout.Span(granularity)], layout.Config.Layers, layout.PerLayer(granularity)).to(precision).requires_grad_(true))];
    }

    /// <summary>(n): the gates of one granularity in one layer.</summary>
    public Tensor Of(Granularity granularity, int layer) => _tensors[(int)granularity][layer];

    /// <summary>(z): each head's gate once for each of its dimensions.</summary>
    public Tensor Heads(int layer) => Of(Granularity.Head, layer).repeat_interleave(_layout.Config.HeadWidth);

    /// <summary>Copies the gradients of all gates into one vector.</summary>
    /// <param name="gradient">(gates), overwritten.</param>
    public void ReadGradient(Span<double> gradient)
    {
        foreach (var granularity in GateLayout.All)
        {
            using var wide = _tensors[(int)granularity].grad!.to(ScalarType.Float64).contiguous();
            wide.data<double>().ToArray().CopyTo(gradient[_layout.Span(granularity)]);
        }
    }
}
