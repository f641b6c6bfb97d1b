using System.Collections.Immutable;
using Nodal.Gates;

namespace Nodal.Circuits;

/// <summary>How far circuits of one model agree, granularity by granularity.</summary>
internal static class CircuitOverlap
{
    /// <summary>Nodes that both circuits keep over those that either keeps (Jaccard 1912, New Phytologist 11:37-50); 1 where neither keeps any.</summary>
    public static double Jaccard(NodeSet one, NodeSet other, Granularity granularity)
    {
        var (both, either) = (0, 0);
        var (start, length) = one.Layout.Span(granularity).GetOffsetAndLength(one.Layout.Count);
        for (var i = start; i < start + length; i++)
        {
            both += one[i] && other[i] ? 1 : 0;
            either += one[i] || other[i] ? 1 : 0;
        }

        return either == 0 ? 1 : (double)both / either;
    }

    /// <summary>Over all pairs of two or more circuits.</summary>
    public static ImmutableSortedDictionary<Granularity, Overlap> Of(IReadOnlyList<NodeSet> circuits) => Each(circuits, (pairs, granularity) =>
    {
        double[] indices = [.. pairs.Select(pair => Jaccard(pair.One, pair.Other, granularity))];
        return new Overlap(indices.Average(), indices.Min());
    });

    /// <summary>The mean index that random sets of as many nodes would have (<see cref="ChanceOverlap"/>), over all pairs of two or more circuits.</summary>
    public static ImmutableSortedDictionary<Granularity, double> Chance(IReadOnlyList<NodeSet> circuits) => Each(circuits, (pairs, granularity) =>
        pairs.Average(pair => ChanceOverlap.Expected(pair.One.Layout.Rows(granularity) * pair.One.Layout.PerLayer(granularity), pair.One.Count(granularity), pair.Other.Count(granularity))));

    private static ImmutableSortedDictionary<Granularity, T> Each<T>(IReadOnlyList<NodeSet> circuits, Func<(NodeSet One, NodeSet Other)[], Granularity, T> of)
    {
        (NodeSet, NodeSet)[] pairs = [.. Enumerable.Range(1, circuits.Count - 1).SelectMany(i => Enumerable.Range(0, i).Select(j => (circuits[i], circuits[j])))];
        return circuits[0].Layout.Granularities.ToImmutableSortedDictionary(granularity => granularity, granularity => of(pairs, granularity));
    }
}
