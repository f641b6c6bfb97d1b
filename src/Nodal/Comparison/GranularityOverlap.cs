using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Gates;

namespace Nodal.Comparison;

/// <summary>How far two circuits agree on the nodes of one granularity.</summary>
/// <remarks>Jaccard 1912, New Phytologist 11:37-50; corrected for chance after Hubert and Arabie 1985, J. Classification 2:193-218.</remarks>
/// <param name="One">Nodes the first keeps.</param>
/// <param name="Other">Nodes the second keeps.</param>
/// <param name="Both">Nodes both keep.</param>
/// <param name="All">Nodes there are.</param>
/// <param name="Jaccard">Nodes both keep over nodes either keeps; 1 where neither keeps any.</param>
/// <param name="Chance">The same, expected of random sets of these sizes (<see cref="ChanceOverlap"/>).</param>
/// <param name="Corrected">(Jaccard − chance) / (1 − chance): 0 for chance, 1 for the same nodes; <see langword="null"/> where chance alone gives 1.</param>
public sealed record GranularityOverlap(int One, int Other, int Both, int All, double Jaccard, double Chance, double? Corrected)
{
    /// <summary>Of each granularity of two circuits of one layout.</summary>
    internal static ImmutableSortedDictionary<Granularity, GranularityOverlap> Of(NodeSet one, NodeSet other) =>
        one.Layout.Granularities.ToImmutableSortedDictionary(granularity => granularity, granularity => Of(one, other, granularity));

    private static GranularityOverlap Of(NodeSet one, NodeSet other, Granularity granularity)
    {
        var layout = one.Layout;
        var all = layout.Rows(granularity) * layout.PerLayer(granularity);
        var both = Enumerable.Range(layout.Offset(granularity), all).Count(i => one[i] && other[i]);
        var (first, second, jaccard) = (one.Count(granularity), other.Count(granularity), CircuitOverlap.Jaccard(one, other, granularity));
        var chance = ChanceOverlap.Expected(all, first, second);
        return new GranularityOverlap(first, second, both, all, jaccard, chance, ChanceOverlap.Corrected(jaccard, chance));
    }
}
