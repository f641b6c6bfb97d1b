using Nodal.Circuits;
using Nodal.Patching;
using Nodal.Tasks;

namespace Nodal.Tests.Evaluation.Evidence;

/// <summary>Runs circuits by looking up what they would do: a logit difference for each set of nodes, times a factor for each pair.</summary>
internal sealed class TableRunner(IReadOnlyList<EncodedPair> pairs, Func<NodeSet, double> logitDifference, Func<NodeSet, double> kl) : ICircuitRunner
{
    /// <summary>1, 2, 3, …: pairs that behave alike, some more strongly than others.</summary>
    public static double Factor(int pair) => pair + 1;

    /// <summary>Circuits run, with the number of pairs each was run on.</summary>
    public List<(NodeSet Circuit, int Pairs)> Ran { get; } = [];

    public PairMetrics[][] Measure(IReadOnlyList<NodeSet> circuits, IReadOnlyList<EncodedPair> asked, CancellationToken cancellation = default)
    {
        Ran.AddRange(circuits.Select(circuit => (circuit, asked.Count)));
        return [.. circuits.Select(circuit => asked.Select(pair => Of(circuit, pair)).ToArray())];
    }

    public PairMetrics Of(NodeSet circuit, EncodedPair pair)
    {
        var factor = Factor(pairs.TakeWhile(other => !ReferenceEquals(other, pair)).Count());
        var full = logitDifference(NodeSet.Full(circuit.Layout));
        return new PairMetrics(kl(circuit) * factor, logitDifference(circuit) * factor, full * factor, false, 0.25, 0.5);
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
