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
        return !SameNodes(other) ? ComparisonKind.Dimensions
            : one.ModelHash != two.ModelHash ? ComparisonKind.Weights
            : one.Task != two.Task ? ComparisonKind.Task
            : one.Seed != two.Seed && (one.Method, one.Ablation) == (two.Method, two.Ablation) ? ComparisonKind.Seed
            : ComparisonKind.Settings;
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

    private bool SameNodes(ComparedCircuit other)
    {
        var (one, two) = (Circuit.Nodes.Layout, other.Circuit.Nodes.Layout);
        return CircuitShape.Of(one.Config) == CircuitShape.Of(two.Config) && one.Granularities.SequenceEqual(two.Granularities);
    }
}
