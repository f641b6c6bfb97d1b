using Nodal.Gates;

namespace Nodal.Discovery.Attribution;

/// <summary>Makes scores of effects, for nodes of all granularities on one scale.</summary>
/// <remarks>
/// <para>A score rises with the effect, sign included: a node whose closing serves the behaviour goes first. Where leaves are scored, effects stand as they are; where heads and blocks alone are, they are divided by the
/// node's parameters (<see cref="NodeParameters"/>), for an MLP block is twenty heads large. Both were measured against their opposites; docs/methods.md has the numbers.</para>
/// <para>A parent has the effect of closing all of it, and is closed below the threshold with all of its children; a leaf that is to be kept needs a score above it of its own and of every ancestor. What is not scored,
/// and what has no parameters (the embedding), is +∞: never closed by itself.</para>
/// <para>asinh of the effect over the median effect: near a logarithm for large ones, so that distances between scores mean ratios, as refinement takes them. The order of nodes does not depend on it.</para>
/// </remarks>
/// <param name="layout">Where the gates stand.</param>
internal sealed class EffectScale(GateLayout layout)
{
    private readonly double[] _parameters = NodeParameters.Of(layout);

    /// <summary>Scores of effects.</summary>
    /// <param name="effects">(gates).</param>
    /// <param name="scored">Granularities that have effects.</param>
    /// <param name="perParameter">Whether effects are divided by parameters; default where no leaf is scored.</param>
    /// <returns>(gates).</returns>
    public double[] Scores(ReadOnlySpan<double> effects, IReadOnlyCollection<Granularity> scored, bool? perParameter = null)
    {
        var divided = perParameter ?? !scored.Any(GateLayout.IsLeaf);
        var scores = new double[layout.Count];
        Array.Fill(scores, double.PositiveInfinity);
        int[] nodes = [.. Enumerable.Range(0, layout.Count).Where(i => scored.Contains(layout[i].Granularity) && _parameters[i] > 0)];
        foreach (var node in nodes)
        {
            scores[node] = effects[node] / (divided ? _parameters[node] : 1);
        }

        var unit = Median([.. nodes.Select(node => Math.Abs(scores[node])).Where(size => size > 0)]);
        foreach (var node in nodes)
        {
            scores[node] = Math.Asinh(scores[node] / unit);
        }

        return scores;
    }

    /// <returns>1 of nothing.</returns>
    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? 1 : values[values.Length / 2];
    }
}
