using System.Collections.Immutable;
using Nodal.Circuits;

namespace Nodal.Discovery;

/// <summary>What refinement has found.</summary>
/// <param name="Circuit">The best circuit.</param>
/// <param name="Moves">What led to it, in order.</param>
/// <param name="Runs">Runs taken.</param>
internal sealed record Refined(NodeSet Circuit, ImmutableArray<RefinementMove> Moves, int Runs);
