using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Gates;

namespace Nodal.Comparison;

/// <summary>How far two rankings agree.</summary>
/// <remarks>Compared are the thresholds at which nodes enter the closed circuit, as in the consensus of several seeds: that is the order in which circuits of the family take nodes in.</remarks>
/// <param name="Spearman">Rank correlation over all nodes, −1 to 1, equal thresholds sharing the mean of their ranks; <see langword="null"/> where one of them ranks all nodes alike.</param>
/// <param name="ByGranularity">The same within each granularity.</param>
/// <param name="Sizes">Overlap of the circuits of each size.</param>
public sealed record RankingAgreement(double? Spearman, ImmutableSortedDictionary<Granularity, double?> ByGranularity, ImmutableArray<SizeOverlap> Sizes)
{
    /// <summary>Of two rankings of one layout.</summary>
    /// <param name="one">The first.</param>
    /// <param name="other">The second.</param>
    /// <param name="sizes">Fractions of all block parameters.</param>
    internal static RankingAgreement Of(Ranking one, Ranking other, IEnumerable<double> sizes)
    {
        var layout = one.Layout;
        var (entries, others) = (one.Entries.ToArray(), other.Entries.ToArray());
        return new RankingAgreement(
            RankCorrelation.Of(entries, others),
            layout.Granularities.ToImmutableSortedDictionary(granularity => granularity, granularity => RankCorrelation.Of(entries[layout.Span(granularity)], others[layout.Span(granularity)])),
            [.. sizes.Select(size => new SizeOverlap(size, GranularityOverlap.Of(one.AtSize(size), other.AtSize(size))))]);
    }
}
