using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Gates;

namespace Nodal.Comparison;

/// <summary>Where in a model a circuit is, in shares, so that models of other dimensions can be set beside it. A measure of Nodal's own.</summary>
/// <param name="Kept">Kept nodes of each granularity over all of it.</param>
/// <param name="Parameters">(10): the part of the circuit's parameters that lies in each tenth of the model's depth, first layers first; sums to 1, or is all 0 of an empty circuit.</param>
public sealed record DepthProfile(ImmutableSortedDictionary<Granularity, double> Kept, ImmutableArray<double> Parameters)
{
    private const int Parts = 10;

    /// <summary>Of a circuit.</summary>
    internal static DepthProfile Of(NodeSet nodes)
    {
        var layout = nodes.Layout;
        var layers = ByLayer(nodes);
        var whole = layers.Sum();
        var parts = new double[Parts];
        for (var layer = 0; whole > 0 && layer < layers.Length; layer++)
        {
            for (var part = 0; part < Parts; part++)
            {
                parts[part] += layers[layer] / whole * Shared(layer, layers.Length, part);
            }
        }

        return new DepthProfile(
            layout.Granularities.ToImmutableSortedDictionary(granularity => granularity, granularity => (double)nodes.Count(granularity) / (layout.Rows(granularity) * layout.PerLayer(granularity))), [.. parts]);
    }

    /// <summary>How far two circuits lie at the same depths: Σ over tenths of the smaller part, 1 for the same profile, 0 where no tenth has parameters of both.</summary>
    internal static double Overlap(DepthProfile one, DepthProfile other) => one.Parameters.Zip(other.Parameters, Math.Min).Sum();

    /// <summary>(layers): parameters of what is kept.</summary>
    private static double[] ByLayer(NodeSet nodes)
    {
        var (account, gates) = (new SizeAccount(nodes.Layout), nodes.Gates());
        return [.. Enumerable.Range(0, nodes.Layout.Config.Layers).Select(layer => account.Parameters(gates, layer))];
    }

    /// <summary>The part of a layer that lies in a tenth of the depth.</summary>
    private static double Shared(int layer, int layers, int part)
    {
        var start = Math.Max((double)layer / layers, (double)part / Parts);
        var end = Math.Min((layer + 1.0) / layers, (part + 1.0) / Parts);
        return Math.Max(0, end - start) * layers;
    }
}
