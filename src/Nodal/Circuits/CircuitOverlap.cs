using System.Collections.Immutable;
using Nodal.Gates;

namespace Nodal.Circuits;

/// <summary>How far circuits of one model agree, granularity by granularity.</summary>
internal static class CircuitOverlap
{
    /// <summary>Nodes that both circuits keep over those that either keeps; 1 where neither keeps any.</summary>
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
    public static ImmutableSortedDictionary<Granularity, Overlap> Of(IReadOnlyList<NodeSet> circuits) =>
        circuits[0].Layout.Granularities.ToImmutableSortedDictionary(granularity => granularity, granularity => Of(circuits, granularity));

    private static Overlap Of(IReadOnlyList<NodeSet> circuits, Granularity granularity)
    {
        var pairs = Enumerable.Range(1, circuits.Count - 1).SelectMany(i => Enumerable.Range(0, i).Select(j => Jaccard(circuits[i], circuits[j], granularity))).ToArray();
        return new Overlap(pairs.Average(), pairs.Min());
    }
}
