using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Patching;

namespace Nodal.Evaluation.Evidence;

/// <summary>Measures whether a circuit holds something it does not need.</summary>
/// <remarks>
/// <para>After Wang et al. 2022, arXiv 2211.00593, section 4, who ask of every node v of a circuit C for some K with a large m(C∖(K ∪ {v})) − m(C∖K), m the mean logit difference. Here K is empty:
/// each kept attention block, head and MLP block is left out alone, and could go if m drops by no more than 1 % of the circuit's.</para>
/// <para>Nodes that could each go alone need not be able to go together (one may stand in for the other). Backward elimination (of features: Marill and Green 1963, IEEE Trans. Inf. Theory 9:11-17), in an order of Nodal's own, tries them in the order of the parameters that go with them, largest first, and takes each
/// for good if m stays within the same 1 % of the circuit's; it decides on the first pairs, and what is left is measured on all. Several candidates are run in one go; those behind the first that goes are run again without it, so
/// that the outcome is that of one at a time.</para>
/// </remarks>
internal sealed class Minimality
{
    /// <summary>The largest drop that counts as none, a share of the circuit's logit difference.</summary>
    public const double Tolerance = 0.01;

    /// <summary>Candidates of the elimination run in one go.</summary>
    private const int Together = 8;

    private readonly EvidenceSetting _setting;
    private readonly SizeAccount _account;
    private readonly double _parameters;
    private readonly int[] _nodes;
    private readonly double[] _without;
    private readonly PartRuns _runs;

    private Minimality(EvidenceSetting setting)
    {
        _setting = setting;
        _account = new SizeAccount(setting.Layout);
        _parameters = Parameters(setting.Circuit);
        _nodes = [.. Candidates.SelectMany(granularity => setting.Circuit.Positions(granularity))];
        _without = Array.ConvertAll(_nodes, node => Parameters(setting.Circuit.Without(node)));
        _runs = setting.Begin(EvidencePart.Minimality, (Together + 1) * _nodes.Length);
    }

    private static readonly Granularity[] Candidates = [Granularity.AttentionBlock, Granularity.MlpBlock, Granularity.Head];

    /// <summary>Every node left out, and the elimination.</summary>
    public static MinimalityEvidence Of(EvidenceSetting setting)
    {
        var minimality = new Minimality(setting);
        var (nodes, redundant) = minimality.LeaveOut();
        var elimination = minimality.Eliminate();
        return new MinimalityEvidence { Tolerance = Tolerance, Nodes = nodes, Redundant = redundant, Elimination = elimination, Runs = minimality._runs.Count };
    }

    private (ImmutableArray<LeftOutNode> Nodes, Estimate? Redundant) LeaveOut()
    {
        if (_nodes.Length == 0)
        {
            return ([], null);
        }

        var measured = _runs.Measure([.. _nodes.Select(node => _setting.Circuit.Without(node))]);
        var nodes = _nodes.Select((node, i) => new LeftOutNode(
            _setting.Layout[node].ToString(), (long)Math.Round(_parameters - _without[i]),
            Estimate.OfMean([.. _setting.Measured.Zip(measured[i], (before, after) => before.LogitDifference - after.LogitDifference)], _setting.Seed),
            Estimate.OfMean([.. _setting.Measured.Zip(measured[i], (before, after) => after.Kl - before.Kl)], _setting.Seed)));
        var redundant = Estimate.Of(_setting.Pairs.Count, _setting.Seed, drawn => [(double)measured.Count(without => IsWithin(without, _setting.Measured, drawn)) / measured.Length])[0];
        return ([.. nodes.OrderByDescending(node => node.Drop.Value)], redundant);
    }

    private Elimination Eliminate()
    {
        int[] pairs = [.. Enumerable.Range(0, _runs.Searched.Count)];
        var waiting = new Queue<int>(_nodes.Zip(_without).OrderBy(entry => entry.Second).Select(entry => entry.First));
        var (circuit, removed) = (_setting.Circuit, new List<string>());
        while (Next(waiting, circuit) is { Length: > 0 } together)
        {
            var without = Array.ConvertAll(together, node => circuit.Without(node));
            var first = Array.FindIndex(_runs.Search(without), metrics => IsWithin(metrics, _setting.Measured, pairs));
            var decided = first < 0 ? together.Length : first + 1;
            if (first >= 0)
            {
                circuit = without[first];
                removed.Add(_setting.Layout[together[first]].ToString());
            }

            while (decided > 0)
            {
                decided -= together.Contains(waiting.Dequeue()) ? 1 : 0;
            }
        }

        var row = new CircuitEvaluation(_setting.Runner, _setting.Layout, _setting.Seed).Row(circuit, _runs.Measure(circuit)[0]);
        return new Elimination([.. removed], _parameters > 0 ? 1 - (Parameters(circuit) / _parameters) : 0, row);
    }

    /// <summary>The next candidates that are still kept.</summary>
    private static int[] Next(Queue<int> waiting, NodeSet circuit) => [.. waiting.Where(node => circuit[node]).Take(Together)];

    /// <summary>Whether the logit difference on some pairs has dropped by no more than the tolerance.</summary>
    private static bool IsWithin(PairMetrics[] metrics, PairMetrics[] before, int[] drawn)
    {
        double sum = 0, whole = 0;
        foreach (var pair in drawn)
        {
            sum += metrics[pair].LogitDifference;
            whole += before[pair].LogitDifference;
        }

        return whole - sum <= Tolerance * Math.Abs(whole);
    }

    private double Parameters(NodeSet circuit) => _account.Parameters(circuit.Gates());
}
