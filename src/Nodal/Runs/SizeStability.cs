using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Gates;

namespace Nodal.Runs;

/// <summary>Runs that differ in their seed alone, and their consensus, at one size.</summary>
/// <param name="Size">The size asked for, a fraction of all block parameters.</param>
/// <param name="Kl">KL of each run's circuit on test pairs, nats.</param>
/// <param name="MeanKl">Their mean.</param>
/// <param name="ConsensusKl">KL of the consensus's circuit on the same pairs, nats.</param>
/// <param name="Overlap">Of the runs' circuits.</param>
public sealed record SizeStability(double Size, ImmutableArray<double> Kl, double MeanKl, double ConsensusKl, ImmutableSortedDictionary<Granularity, Overlap> Overlap);
