using Nodal.Circuits;
using Nodal.Patching;
using Nodal.Tasks;

namespace Nodal.Tests.Discovery;

/// <summary>Counts gradients and circuits run, and remembers the pairs circuits were run on.</summary>
internal sealed class CountedRuns(IGateGradient gradient, ICircuitRunner runner) : IGateGradient, ICircuitRunner
{
    public int Gradients { get; private set; }

    public int Circuits { get; private set; }

    public HashSet<EncodedPair> Seen { get; } = [];

    public IReadOnlyList<EncodedPair> Pairs => gradient.Pairs;

    public double Step(int[] batch, GateValues gates, Span<double> slopes)
    {
        Gradients++;
        gates.Values.ShouldAllBe(gate => gate == 0 || gate == 1);
        return gradient.Step(batch, gates, slopes);
    }

    public PairMetrics[][] Measure(IReadOnlyList<NodeSet> circuits, IReadOnlyList<EncodedPair> pairs, CancellationToken cancellation = default)
    {
        Circuits += circuits.Count;
        Seen.UnionWith(pairs);
        return runner.Measure(circuits, pairs, cancellation);
    }

    public void Dispose()
    {
        // Both belong to the setting.
    }
}
