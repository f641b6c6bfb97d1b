using System.Collections.Immutable;
using Nodal.Gates;

namespace Nodal.Comparison;

/// <summary>How far the circuits of one size of two rankings agree.</summary>
/// <param name="Size">The size asked for, a fraction of all block parameters.</param>
/// <param name="Overlap">Of each granularity.</param>
public sealed record SizeOverlap(double Size, ImmutableSortedDictionary<Granularity, GranularityOverlap> Overlap);
