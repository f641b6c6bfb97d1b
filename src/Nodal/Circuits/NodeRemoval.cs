using Nodal.Gates;

namespace Nodal.Circuits;

/// <summary>Circuits with some of their nodes closed.</summary>
internal static class NodeRemoval
{
    /// <summary>C∖K: a circuit without some nodes, and so without all that is below them, closed.</summary>
    /// <param name="circuit">C.</param>
    /// <param name="nodes">K: positions in the layout; those that are not kept change nothing.</param>
    public static NodeSet Without(this NodeSet circuit, params IEnumerable<int> nodes)
    {
        var open = circuit.Kept();
        foreach (var node in nodes)
        {
            open[node] = false;
        }

        return NodeSet.Close(circuit.Layout, open);
    }

    /// <summary>The model with a circuit's leaves closed and all others open; parents stay open for the leaves they share with the circuit.</summary>
    /// <remarks>An MLP writes what its open hidden neurons send to its open outputs: where the circuit keeps all outputs of a block, or all hidden neurons, nothing of it is left.</remarks>
    public static NodeSet Complement(this NodeSet circuit) =>
        NodeSet.Full(circuit.Layout).Without(GateLayout.Leaves.SelectMany(granularity => circuit.Positions(granularity)));

    /// <summary>Positions of the kept nodes of one granularity.</summary>
    public static IEnumerable<int> Positions(this NodeSet circuit, Granularity granularity) => circuit.Layout.Positions(granularity).Where(position => circuit[position]);

    /// <summary>Whether two sets of one layout hold the same nodes.</summary>
    public static bool SameAs(this NodeSet circuit, NodeSet other) => circuit.IsSubsetOf(other) && other.IsSubsetOf(circuit);
}
