using System.Collections.Immutable;

namespace Nodal.Discovery;

/// <summary>The sizes a run reports, fractions of all block parameters.</summary>
public static class SizeLadder
{
    /// <summary>About ten sizes from .02 to .7, evenly spaced on a logarithmic scale as far as round numbers allow.</summary>
    public static ImmutableArray<double> Default { get; } = [0.02, 0.03, 0.05, 0.08, 0.1, 0.12, 0.2, 0.3, 0.4, 0.5, 0.7];
}
