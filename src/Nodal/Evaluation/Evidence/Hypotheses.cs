using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Patching;

namespace Nodal.Evaluation.Evidence;

/// <summary>Makes <see cref="HypothesesEvidence"/>.</summary>
/// <remarks>
/// Runs for r random circuits, draws that are the circuit itself not among them: 1 complement on all pairs; on <see cref="PartRuns.Searched"/> 2 r of random circuits and their complements, r additions of each of three granularities, and one for each kept head and block.
/// </remarks>
internal static class Hypotheses
{
    private const double Level = 0.05;

    /// <summary>What is left out alone: a block's outputs and hidden neurons, or a head's neurons, are too many for a test each.</summary>
    private static readonly Granularity[] Parts = [Granularity.AttentionBlock, Granularity.Head, Granularity.MlpBlock];

    public static HypothesesEvidence Of(EvidenceSetting setting)
    {
        var kept = Kept(setting.Circuit);
        var run = setting.Begin(EvidencePart.Hypotheses, 1 + ((2 + Parts.Length) * setting.RandomCircuits) + kept.Length);
        var complement = run.Measure(setting.Circuit.Complement())[0];
        var circuits = RandomCircuit.Others(setting.Circuit, setting.RandomCircuits, setting.Seed);
        var minimality = Minimality(setting, run, kept);
        return new HypothesesEvidence
        {
            Level = Level,
            Equivalence = EquivalenceTest.Of(setting.Measured),
            Independence = IndependenceTest.Of(complement, setting.Seed, setting.Cancellation),
            IndependenceAllClosed = IndependenceTest.Of(setting.AllClosed, setting.Seed, setting.Cancellation),
            Minimality = minimality,
            Sufficiency = Sufficiency(setting, run, circuits),
            PartialNecessity = Compare(setting, run, complement, [.. circuits.Select(circuit => circuit.Complement())], lessIsBetter: false),
            LeftOut = circuits.Length == 0 ? [NoOthers(setting)] : [],
            ComparedPairs = run.Searched.Count,
            Runs = run.Count,
        };
    }

    /// <summary>The circuit against random ones alone.</summary>
    /// <param name="setting">What it is made from.</param>
    /// <param name="run">Runs of the part it belongs to.</param>
    /// <returns><see langword="null"/> where all that are drawn are the circuit itself.</returns>
    public static RandomComparison? Sufficiency(EvidenceSetting setting, PartRuns run) =>
        Sufficiency(setting, run, RandomCircuit.Others(setting.Circuit, setting.RandomCircuits, setting.Seed));

    /// <summary>Why there is no comparison with random circuits, where there is none.</summary>
    public static string NoOthers(EvidenceSetting setting) =>
        $"comparison with random circuits left out: all {setting.RandomCircuits} that were drawn, with as many nodes of each granularity in each layer, are the circuit itself";

    private static RandomComparison? Sufficiency(EvidenceSetting setting, PartRuns run, NodeSet[] circuits) => Compare(setting, run, setting.Measured, circuits, lessIsBetter: true);

    private static RandomComparison? Compare(EvidenceSetting setting, PartRuns run, PairMetrics[] own, NodeSet[] circuits, bool lessIsBetter)
    {
        if (circuits.Length == 0)
        {
            return null;
        }

        double[] kl = [.. own.Take(run.Searched.Count).Select(pair => pair.Kl)];
        double[][] random = Array.ConvertAll(run.Search(circuits), metrics => Array.ConvertAll(metrics, pair => pair.Kl));
        return RandomComparison.Of(kl, random, lessIsBetter, setting.Seed);
    }

    private static int[] Kept(NodeSet circuit) => [.. Parts.SelectMany(circuit.Positions)];

    private static NodeMinimalityTest Minimality(EvidenceSetting setting, PartRuns run, int[] kept)
    {
        var random = new Random(setting.Seed);
        var references = new Dictionary<Granularity, double[]>();
        foreach (var part in Parts)
        {
            var outside = new OutsideNodes(setting.Circuit, part);
            if (outside.Any)
            {
                references[part] = Effects(setting, run, [.. Enumerable.Range(0, setting.RandomCircuits).Select(_ => outside.Added(random))]);
            }
        }

        int[] tested = [.. kept.Where(position => references.ContainsKey(setting.Layout[position].Granularity))];
        var effects = Effects(setting, run, [.. tested.Select(position => setting.Circuit.Without([position]))]);
        return NodeMinimalityTest.Of(
            [.. tested.Select((position, i) => (setting.Layout[position], effects[i], references[setting.Layout[position].Granularity]))], kept.Length - tested.Length);
    }

    /// <summary>Mean squared change of the logit difference from the circuit to each of some others: what leaving out or adding nodes does.</summary>
    private static double[] Effects(EvidenceSetting setting, PartRuns run, NodeSet[] circuits) =>
        [.. run.Search(circuits).Select(metrics => metrics.Zip(setting.Measured, (other, own) => other.LogitDifference - own.LogitDifference).Average(change => change * change))];
}
