using System.Collections.Immutable;

namespace Nodal.Cli.Output;

/// <summary>A kept head.</summary>
/// <param name="Head">0-based.</param>
/// <param name="Neurons">Its kept dimensions, rising.</param>
internal sealed record HeadContents(int Head, ImmutableArray<int> Neurons);
