using Nodal.Gates;
using Nodal.Tasks;

namespace Nodal.Patching;

/// <summary>Gates of whole layers, folded into those of their blocks, so that no engine need know of them.</summary>
/// <remarks>With l the gate of a layer and a that of a block of it, the engine has a' = l a; so ∂L/∂a = l ∂L/∂a' and ∂L/∂l = Σ over both blocks of a ∂L/∂a'.</remarks>
/// <param name="inner">The engine's gradient; owned.</param>
/// <param name="layout">With gates of layers.</param>
internal sealed class FoldedLayers(IGateGradient inner, GateLayout layout) : IGateGradient
{
    private static readonly Granularity[] Blocks = [Granularity.AttentionBlock, Granularity.MlpBlock];

    public IReadOnlyList<EncodedPair> Pairs => inner.Pairs;

    public TrainedConstants? Constants => inner.Constants;

    public double Step(int[] batch, GateValues gates, Span<double> gradient)
    {
        var kl = inner.Step(batch, Fold(gates), gradient);
        for (var layer = 0; layer < layout.Config.Layers; layer++)
        {
            var whole = layout.Offset(Granularity.Layer, layer);
            gradient[whole] = 0;
            foreach (var block in Blocks.Select(granularity => layout.Offset(granularity, layer)).Where(block => gates.Live[whole] && gates.Live[block]))
            {
                gradient[whole] += gates.Values[block] * gradient[block];
                gradient[block] *= gates.Values[whole];
            }
        }

        return kl;
    }

    public void Dispose() => inner.Dispose();

    private GateValues Fold(GateValues gates)
    {
        var (values, live) = ((double[])[.. gates.Values], (bool[])[.. gates.Live]);
        for (var layer = 0; layer < layout.Config.Layers; layer++)
        {
            var whole = layout.Offset(Granularity.Layer, layer);
            foreach (var granularity in Blocks)
            {
                var block = layout.Offset(granularity, layer);
                values[block] *= values[whole];
                live[block] &= live[whole];
            }
        }

        return new GateValues(values, live);
    }
}
