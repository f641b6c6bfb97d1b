using System.Collections.Immutable;
using Nodal.Evaluation.Statistics;
using Nodal.Gates;

namespace Nodal.Evaluation.Evidence;

/// <summary>Does every kept head and block matter? Null hypothesis of each: leaving it out changes more than leaving out random nodes from an inflated circuit, with at least the probability q.</summary>
/// <remarks>
/// Shi et al. 2024, arXiv 2410.13032, §3, on heads and blocks in place of edges (<see cref="OutsideNodes"/>); q is .9 there too. What leaving out changes is the mean squared change of the logit difference, as in their
/// code; its roots, in logits, are compared, equal ones being no win of the node. The correction for many tests is Bonferroni's.
/// </remarks>
/// <param name="Quantile">q.</param>
/// <param name="Nodes">Every kept head and block that could be tested, least needed first.</param>
/// <param name="Untested">Kept heads and blocks of granularities of which no node is outside.</param>
public sealed record NodeMinimalityTest(double Quantile, ImmutableArray<NodeTest> Nodes, int Untested)
{
    private const double DefaultQuantile = 0.9;

    /// <summary>Nodes whose null hypothesis falls at a level, corrected: the circuit can do without them.</summary>
    /// <param name="level">Of all tests together.</param>
    public int Needless(double level) => Nodes.Count(node => node.CorrectedPValue < level);

    /// <param name="effects">Of each node tested, with what it is held against.</param>
    /// <param name="untested">Nodes that could not be tested.</param>
    internal static NodeMinimalityTest Of(IReadOnlyList<(Node Node, double Effect, double[] Reference)> effects, int untested)
    {
        int Weaker((Node Node, double Effect, double[] Reference) one) => one.Reference.Count(other => Rounded.Compare(Math.Sqrt(other), Math.Sqrt(one.Effect)) < 0);
        double[] values = [.. effects.Select(one => ExactBinomial.AtMost(Weaker(one), one.Reference.Length, DefaultQuantile))];
        var corrected = Bonferroni.Adjust(values);
        var nodes = effects.Select((one, i) => new NodeTest(one.Node.ToString(), one.Effect, Weaker(one), one.Reference.Length, values[i], corrected[i]));
        return new NodeMinimalityTest(DefaultQuantile, [.. nodes.OrderBy(node => node.PValue).ThenBy(node => node.Effect)], untested);
    }
}
