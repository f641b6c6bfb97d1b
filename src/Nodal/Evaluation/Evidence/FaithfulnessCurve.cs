using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Patching;

namespace Nodal.Evaluation.Evidence;

/// <summary>Measures the circuits of a ranking at the sizes of the Mechanistic Interpretability Benchmark, and the areas under their curve.</summary>
/// <remarks>
/// <para>Mueller et al. 2025, arXiv 2504.13151, section 3: with m the mean logit difference, f(k) = (m(circuit of size k) − m(all closed)) / (m(full) − m(all closed)); the circuit performance
/// ratio is the area under f, the circuit–model distance that under |1 − f|, both by the trapezoid rule over the sizes .001, .002, .005, …, 1.</para>
/// <para>The benchmark counts edges, or nodes weighted by their edges. Nodal has no edges: its sizes are shares of parameters and, beside that, shares of nodes of all granularities together.
/// Intervals come from drawing pairs again, the same for all sizes and for both ends of the ratio.</para>
/// </remarks>
internal static class FaithfulnessCurve
{
    /// <summary>A behaviour smaller than this, in logits, is rounding.</summary>
    private const double NoBehaviour = 1e-6;

    /// <summary>The benchmark's sizes.</summary>
    public static ImmutableArray<double> Sizes { get; } = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

    /// <summary>Whether closing every node takes no behaviour away, so that no share of it can be kept.</summary>
    public static bool IsFlat(EvidenceSetting setting) => IsFlat(setting.Measured.Average(pair => pair.FullLogitDifference), setting.AllClosed.Average(pair => pair.LogitDifference));

    /// <summary>The same of the mean logit differences of the full model and of that with every node closed.</summary>
    public static bool IsFlat(double full, double allClosed) => Math.Abs(full - allClosed) < NoBehaviour;

    /// <summary>The curve; the setting must have a ranking, and a behaviour that closing every node takes away.</summary>
    public static CurveEvidence Of(EvidenceSetting setting)
    {
        var ranking = setting.Ranking!;
        NodeSet[] byParameters = [.. Sizes.Select(size => OfParameters(ranking, size))];
        NodeSet[] byNodes = [.. Sizes.Select(size => OfNodes(ranking, size))];
        var runs = setting.Begin(EvidencePart.Curve, 2 * (Sizes.Length - 1));
        var measured = runs.Measure([.. byParameters, .. byNodes]);
        return new CurveEvidence(Family(setting, byParameters, measured[..Sizes.Length]), Family(setting, byNodes, measured[Sizes.Length..]), runs.Count);
    }

    /// <summary>The largest circuit with at most a share of the parameters.</summary>
    internal static NodeSet OfParameters(Ranking ranking, double size)
    {
        var circuit = ranking.AtSize(size);
        return new SizeAccount(ranking.Layout).Fraction(circuit.Gates()) <= size ? circuit : Nothing(ranking.Layout);
    }

    /// <summary>The largest circuit with at most a share of the nodes; nodes of equal rank come together.</summary>
    internal static NodeSet OfNodes(Ranking ranking, double size)
    {
        var entries = ranking.Entries.ToArray();
        Array.Sort(entries, (one, other) => other.CompareTo(one));
        var count = (int)(size * entries.Length);
        if (count == entries.Length)
        {
            return NodeSet.Full(ranking.Layout);
        }

        while (count > 0 && entries[count - 1] == entries[count])
        {
            count--;
        }

        return count == 0 ? Nothing(ranking.Layout) : ranking.Above(entries[count]);
    }

    private static NodeSet Nothing(GateLayout layout) => NodeSet.Empty(layout);

    private static FaithfulnessFamily Family(EvidenceSetting setting, NodeSet[] circuits, PairMetrics[][] measured)
    {
        var estimates = Estimate.Of(setting.Pairs.Count, setting.Seed, drawn =>
        {
            var faithfulness = Faithfulness(setting, measured, drawn);
            return [.. faithfulness, .. Areas(faithfulness, size => size, 1), .. Areas(faithfulness, Math.Log, -Math.Log(Sizes[0]))];
        });
        var account = new SizeAccount(setting.Layout);
        var points = circuits.Select((circuit, i) => new FaithfulnessPoint(
            Sizes[i], account.Fraction(circuit.Gates()), (double)circuit.Nodes().Count() / setting.Layout.Count, estimates[i]!,
            Estimate.OfMean([.. measured[i].Select(pair => pair.Kl)], setting.Seed)));
        FaithfulnessArea Area(int first) => new(estimates[first]!, estimates[first + 1]!);
        return new FaithfulnessFamily([.. points], Area(Sizes.Length), Area(Sizes.Length + 2));
    }

    /// <summary>f of every circuit on some pairs.</summary>
    private static double[] Faithfulness(EvidenceSetting setting, PairMetrics[][] measured, int[] drawn)
    {
        double full = 0, closed = 0;
        foreach (var pair in drawn)
        {
            full += setting.Measured[pair].FullLogitDifference;
            closed += setting.AllClosed[pair].LogitDifference;
        }

        return Array.ConvertAll(measured, circuit =>
        {
            double sum = 0;
            foreach (var pair in drawn)
            {
                sum += circuit[pair].LogitDifference;
            }

            return (sum - closed) / (full - closed);
        });
    }

    /// <summary>Areas under f and under |1 − f|.</summary>
    internal static double[] Areas(double[] faithfulness, Func<double, double> axis, double length)
    {
        double under = 0, distance = 0;
        for (var i = 1; i < faithfulness.Length; i++)
        {
            var width = axis(Sizes[i]) - axis(Sizes[i - 1]);
            under += width * (faithfulness[i - 1] + faithfulness[i]) / 2;
            distance += width * (Math.Abs(1 - faithfulness[i - 1]) + Math.Abs(1 - faithfulness[i])) / 2;
        }

        return [under / length, distance / length];
    }
}
