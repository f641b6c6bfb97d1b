using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Patching;

namespace Nodal.Evaluation.Evidence;

/// <summary>Measures whether a circuit has left something out.</summary>
/// <remarks>
/// <para>Wang et al. 2022, arXiv 2211.00593, section 4: a circuit C of a model M is complete if m(C∖K) and m(M∖K) are alike for every subset K of C, m the mean logit difference: what the circuit
/// left out (a backup that takes over, for one) shows when something is taken from both. K is drawn at random, taken by natural groups, and searched for greedily.</para>
/// <para>Where we differ. Nodes of K are heads and MLP blocks as wholes; in M∖K all of a head is closed, in C∖K what C keeps of it (groups of leaves close the same leaves in both). Their groups
/// are classes of heads found by hand; ours are layers and granularities. Their greedy search looks for a large drop of m(C∖K), five times; ours for a large gap itself, once, with their ten candidates
/// and ten steps, on the first pairs only: what it found is measured on all. A closed node has its ablated value as everywhere in Nodal, not a mean over the corrupted data set.</para>
/// <para>The search looks for the largest gap on pairs it is measured on as well: it errs on the circuit's bad side.</para>
/// </remarks>
internal sealed class Completeness
{
    /// <summary>K drawn at random.</summary>
    private const int Draws = 10;

    /// <summary>Nodes tried in each step of the greedy search.</summary>
    private const int Candidates = 10;

    /// <summary>Most nodes in a K of the greedy search.</summary>
    private const int Steps = 10;

    private readonly EvidenceSetting _setting;
    private readonly NodeSet _full;
    private readonly int[] _units;
    private readonly Random _random;
    private readonly PartRuns _runs;
    private readonly RemovedNodes[] _draws;
    private readonly RemovedNodes[] _groups;

    private Completeness(EvidenceSetting setting)
    {
        _setting = setting;
        _full = NodeSet.Full(setting.Layout);
        _units = RemovedNodes.Units(setting.Circuit);
        _random = new Random(setting.Seed);
        _draws = _units.Length == 0 ? [] : [.. Enumerable.Range(0, Draws).Select(_ => RemovedNodes.Of(setting.Layout, _units.Where(_ => _random.Next(2) == 1)))];
        _groups = [.. RemovedNodes.Groups(setting.Circuit)];
        var steps = Math.Min(Steps, _units.Length);
        _runs = setting.Begin(EvidencePart.Completeness, 2 + (2 * (_draws.Length + _groups.Length + steps)) + (2 * steps * Candidates));
    }

    /// <summary>Rows, gaps and their summary.</summary>
    public static CompletenessEvidence Of(EvidenceSetting setting) => new Completeness(setting).Measure();

    private CompletenessEvidence Measure()
    {
        NodeSet[] rests = [_setting.Circuit.Complement(), _full.Without(_units)];
        var measured = _runs.Measure(rests);
        var evaluation = new CircuitEvaluation(_setting.Runner, _setting.Layout, _setting.Seed);
        RemovedNodes[] all = [.. _draws, .. _groups, .. Greedy()];
        var (circuit, model) = (Without(_setting.Circuit, all), Without(_full, all));
        var estimates = all.Length == 0 ? [] : Estimate.Of(_setting.Pairs.Count, _setting.Seed, drawn =>
        {
            var (own, whole) = (Array.ConvertAll(circuit, values => Mean(values, drawn)), Array.ConvertAll(model, values => Mean(values, drawn)));
            double[] apart = [.. own.Zip(whole, (one, other) => Math.Abs(one - other))];
            return [.. apart, .. own, .. whole, apart.AsSpan(0, _draws.Length).ToArray().DefaultIfEmpty().Average(), apart.Max()];
        });
        ImmutableArray<CompletenessGap> gaps =
        [
            .. all.Select((removed, i) => new CompletenessGap(
                removed.Words, removed.Positions.Length, estimates[all.Length + i]!, estimates[(2 * all.Length) + i]!, estimates[i]!)),
        ];
        return new CompletenessEvidence
        {
            Complement = evaluation.Row(rests[0], measured[0]),
            KnockOut = evaluation.Row(rests[1], measured[1]),
            Random = gaps[.._draws.Length],
            Groups = gaps[_draws.Length..(_draws.Length + _groups.Length)],
            Greedy = gaps[(_draws.Length + _groups.Length)..],
            MeanRandomGap = all.Length == 0 ? null : estimates[^2],
            LargestGap = all.Length == 0 ? null : estimates[^1],
            Runs = _runs.Count,
        };
    }

    /// <summary>Adds to K, step by step, the candidate that makes the gap largest.</summary>
    private IEnumerable<RemovedNodes> Greedy()
    {
        List<int> removed = [];
        var left = _units.ToList();
        for (var step = 0; step < Steps && left.Count > 0; step++)
        {
            var candidates = left.ToArray();
            _random.Shuffle(candidates);
            candidates = candidates[..Math.Min(Candidates, candidates.Length)];
            var measured = _runs.Search(
                [.. candidates.Select(node => _setting.Circuit.Without([.. removed, node])), .. candidates.Select(node => _full.Without([.. removed, node]))]);
            var best = Enumerable.Range(0, candidates.Length).MaxBy(i => Math.Abs(Mean(measured[i]) - Mean(measured[candidates.Length + i])));
            removed.Add(candidates[best]);
            left.Remove(candidates[best]);
            yield return RemovedNodes.Of(_setting.Layout, removed);
        }
    }

    /// <summary>(K, pairs): logit differences.</summary>
    private double[][] Without(NodeSet nodes, RemovedNodes[] all) =>
        Array.ConvertAll(_runs.Measure([.. all.Select(removed => nodes.Without(removed.Positions))]), metrics => Array.ConvertAll(metrics, pair => pair.LogitDifference));

    private static double Mean(PairMetrics[] metrics) => metrics.Average(pair => pair.LogitDifference);

    private static double Mean(double[] values, int[] drawn)
    {
        double sum = 0;
        foreach (var pair in drawn)
        {
            sum += values[pair];
        }

        return sum / drawn.Length;
    }
}
