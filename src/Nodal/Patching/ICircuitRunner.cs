using Nodal.Circuits;
using Nodal.Tasks;

namespace Nodal.Patching;

/// <summary>Runs hard circuits on pairs and measures each pair.</summary>
internal interface ICircuitRunner : IDisposable
{
    /// <summary>Measures several circuits on the same pairs; what holds no gate is computed once for all of them.</summary>
    /// <returns>Per circuit, per pair in the order given.</returns>
    /// <exception cref="OperationCanceledException">Cancelled between two circuits.</exception>
    PairMetrics[][] Measure(IReadOnlyList<NodeSet> circuits, IReadOnlyList<EncodedPair> pairs, CancellationToken cancellation = default);
}
