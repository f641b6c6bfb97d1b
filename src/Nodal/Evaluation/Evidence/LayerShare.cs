using System.Collections.Immutable;
using Nodal.Gates;

namespace Nodal.Evaluation.Evidence;

/// <summary>What a circuit keeps of one layer.</summary>
/// <param name="Layer">0-based.</param>
/// <param name="Parameters">Of the shrunk layer.</param>
/// <param name="Size">The same over all of the layer's.</param>
/// <param name="CircuitShare">The same over all of the circuit's; 0 in an empty circuit.</param>
/// <param name="Nodes">Kept nodes of each granularity.</param>
public sealed record LayerShare(int Layer, long Parameters, double Size, double CircuitShare, ImmutableSortedDictionary<Granularity, int> Nodes);
