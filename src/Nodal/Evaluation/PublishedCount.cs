using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Gates;

namespace Nodal.Evaluation;

/// <summary>A circuit counted as multi-granular node pruning publishes it (arXiv 2512.10903): its closure, and GPT-2's parameter formula whatever the model is.</summary>
/// <param name="Parameters">Of the open blocks.</param>
/// <param name="TotalParameters">Of all blocks, by the same formula.</param>
/// <param name="Size">The one over the other.</param>
/// <param name="Nodes">Open nodes of each granularity.</param>
public sealed record PublishedCount(long Parameters, long TotalParameters, double Size, ImmutableSortedDictionary<Granularity, int> Nodes)
{
    /// <summary>Counts some nodes.</summary>
    /// <param name="layout">Where they stand.</param>
    /// <param name="open">(gates): open ones, closed or not.</param>
    internal static PublishedCount Of(GateLayout layout, ReadOnlySpan<bool> open)
    {
        var kept = PublishedClosure.Close(layout, open);
        var (parameters, total) = (PublishedSize.Parameters(layout, kept), PublishedSize.Total(layout));
        return new PublishedCount(
            parameters, total, (double)parameters / total, GateLayout.All.ToImmutableSortedDictionary(granularity => granularity, granularity => kept.AsSpan(layout.Span(granularity)).Count(true)));
    }

    /// <summary>Counts a circuit.</summary>
    internal static PublishedCount Of(NodeSet circuit) => Of(circuit.Layout, circuit.Kept());
}
