using Nodal.Gates;

namespace Nodal.Tests.Patching.Fast;

/// <summary>Random gates of which a share is exactly 0 and a tenth exactly 1, at one granularity or at all.</summary>
internal static class SparseGates
{
    /// <param name="layout">Where they stand.</param>
    /// <param name="zeros">Share of exact zeros.</param>
    /// <param name="only">The granularity that has them, or <see langword="null"/> for all.</param>
    /// <param name="seed">Of the draw.</param>
    public static double[] Make(GateLayout layout, double zeros, Granularity? only, int seed)
    {
        var random = new Random(seed);
        var gates = new double[layout.Count];
        for (var i = 0; i < gates.Length; i++)
        {
            var (closes, value) = (random.NextDouble() < zeros, 0.2 + (0.88 * random.NextDouble()));
            gates[i] = closes && (only is null || layout[i].Granularity == only) ? 0 : Math.Min(1, value);
        }

        return gates;
    }
}
