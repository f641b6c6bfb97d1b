using Nodal.Circuits;
using Nodal.Evaluation.Evidence;
using Nodal.Gates;
using Nodal.Tasks;
using Nodal.Tests.Gates;
using Nodal.Tests.Patching;

namespace Nodal.Tests.Evaluation.Evidence;

/// <summary>Settings of evidence whose numbers are known: three layers of three heads and one MLP each, and a table of what every circuit does.</summary>
internal static class TableSetting
{
    public static GateLayout Layout { get; } = RandomGates.Layout("gpt2");

    /// <summary>The mean of <see cref="TableRunner.Factor"/> over so many pairs.</summary>
    public static double MeanFactor(int pairs) => (pairs + 1) / 2.0;

    public static (EvidenceSetting Setting, TableRunner Runner) Make(
        NodeSet circuit, Func<NodeSet, double> logitDifference, Func<NodeSet, double>? kl = null, Ranking? ranking = null, int pairs = 8, IProgress<EvidenceProgress>? progress = null)
    {
        EncodedPair[] all = TinyPairs.Make(circuit.Layout.Config, pairs);
        var runner = new TableRunner(all, logitDifference, kl ?? (_ => 0));
        var measured = runner.Measure([circuit, NodeSet.Close(circuit.Layout, new bool[circuit.Layout.Count])], all);
        runner.Ran.Clear();
        return (new EvidenceSetting
        {
            Layout = circuit.Layout,
            Runner = runner,
            Circuit = circuit,
            Ranking = ranking,
            Pairs = all,
            Seed = 3,
            Measured = measured[0],
            AllClosed = measured[1],
            Progress = progress,
        }, runner);
    }

    /// <summary>Some heads and MLP blocks with everything below them.</summary>
    public static NodeSet Circuit(params string[] units)
    {
        HashSet<string> open = [.. units];
        return NodeSet.Close(Layout, [.. Enumerable.Range(0, Layout.Count).Select(position => IsOpen(Layout[position], open))]);
    }

    /// <summary>Whether a circuit keeps a node.</summary>
    public static bool Has(NodeSet circuit, string node) => circuit[circuit.Layout.IndexOf(Node.Parse(node))];

    /// <summary>What each of some nodes adds to the logit difference as long as it is kept.</summary>
    public static Func<NodeSet, double> Sum(params (string Node, double Weight)[] parts) => circuit => parts.Sum(part => Has(circuit, part.Node) ? part.Weight : 0);

    private static bool IsOpen(Node node, HashSet<string> open) => node.Granularity switch
    {
        Granularity.AttentionBlock => true,
        Granularity.Head or Granularity.AttentionNeuron => open.Contains($"a{node.Layer}.h{node.Head}"),
        _ => open.Contains($"m{node.Layer}"),
    };
}
