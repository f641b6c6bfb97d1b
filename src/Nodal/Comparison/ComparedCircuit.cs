using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Runs;

namespace Nodal.Comparison;

/// <summary>One side of a comparison: a circuit, and the ranking it came from where a run was named.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Circuit">The circuit.</param>
/// <param name="Ranking">Of the run; <see langword="null"/> of a circuit file.</param>
internal sealed record ComparedCircuit(string Path, Circuit Circuit, Ranking? Ranking)
{
    /// <summary>Reads a side. Of its model the dimensions are read, not the weights.</summary>
    /// <param name="target">A run folder, or a circuit file.</param>
    /// <exception cref="Runtime.NodalException">There is no such run or circuit, or its model is not on this machine.</exception>
    public static ComparedCircuit Open(string target)
    {
        var run = FinishedRun.Of(target);
        var whole = Directory.Exists(target);
        var path = whole ? run!.CircuitPath : System.IO.Path.GetFullPath(target);
        var config = ModelLoader.ReadConfig(run?.Config.ModelReference ?? CircuitFile.ReadProvenance(path).Model);
        var circuit = CircuitFile.Read(path, config);
        return new ComparedCircuit(path, circuit, whole ? run!.ReadRanking(circuit.Nodes.Layout) : null);
    }

    /// <summary>What it has in common with another.</summary>
    public ComparisonKind KindWith(ComparedCircuit other)
    {
        var (one, two) = (Circuit.Provenance, other.Circuit.Provenance);
        return !HasDimensionsOf(other) ? ComparisonKind.Dimensions
            : one.ModelHash != two.ModelHash ? ComparisonKind.Weights
            : one.Task != two.Task ? ComparisonKind.Task
            : one.Seed != two.Seed && (one.Method, one.Ablation) == (two.Method, two.Ablation) && HasGatesOf(other) ? ComparisonKind.Seed
            : ComparisonKind.Settings;
    }

    /// <summary>Whether layers and the embedding, whose gates are optional, have gates in both or in neither.</summary>
    public bool HasGatesOf(ComparedCircuit other) => Circuit.Nodes.Layout.Granularities.SequenceEqual(other.Circuit.Nodes.Layout.Granularities);

    /// <summary>The same less the nodes of optional granularities that another has no gates of; what these close is closed as it was.</summary>
    public ComparedCircuit WithGatesOf(ComparedCircuit other)
    {
        var own = Circuit.Nodes.Layout;
        Granularity[] both = [.. own.Granularities.Intersect(other.Circuit.Nodes.Layout.Granularities)];
        if (both.Length == own.Granularities.Length)
        {
            return this;
        }

        var common = new GateLayout(own.Config, both);
        return this with
        {
            Circuit = Circuit with { Nodes = NodeSet.Close(common, Moved(own, common, Circuit.Nodes.Kept())) },
            Ranking = Ranking is null ? null : new Ranking(common, Moved(own, common, Ranking.Entries.ToArray())),
        };
    }

    /// <summary>As the report names it.</summary>
    public ComparedSide Side()
    {
        var account = new SizeAccount(Circuit.Nodes.Layout);
        var (origin, gates) = (Circuit.Provenance, Circuit.Nodes.Gates());
        return new ComparedSide
        {
            Circuit = Path,
            Model = origin.Model,
            Task = origin.Task,
            Method = origin.Method,
            Ablation = origin.Ablation,
            Seed = origin.Seed,
            Size = account.Fraction(gates),
            Parameters = (long)Math.Round(account.Parameters(gates)),
            Nodes = Circuit.Nodes.Counts(),
            Depth = DepthProfile.Of(Circuit.Nodes),
        };
    }

    private bool HasDimensionsOf(ComparedCircuit other) => CircuitShape.Of(Circuit.Nodes.Layout.Config) == CircuitShape.Of(other.Circuit.Nodes.Layout.Config);

    /// <summary>Values of nodes at their places in a layout of fewer granularities.</summary>
    private static T[] Moved<T>(GateLayout from, GateLayout to, T[] values)
    {
        var moved = new T[to.Count];
        foreach (var granularity in to.Granularities)
        {
            values.AsSpan(from.Span(granularity)).CopyTo(moved.AsSpan(to.Span(granularity)));
        }

        return moved;
    }
}
