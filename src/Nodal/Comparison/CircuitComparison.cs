using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Discovery;
using Nodal.Runs;
using Nodal.Runtime;

namespace Nodal.Comparison;

/// <summary>Compares two circuits or runs, and makes circuits of what they share and do not share.</summary>
public static class CircuitComparison
{
    /// <summary>Compares them; no model is run.</summary>
    /// <exception cref="NodalException">A side cannot be read, or a circuit is asked for that two models cannot share.</exception>
    public static ComparisonReport Execute(CompareOptions options)
    {
        var (one, other) = (ComparedCircuit.Open(options.One), ComparedCircuit.Open(options.Other));
        var kind = one.KindWith(other);
        var (ours, theirs) = (one.WithGatesOf(other), other.WithGatesOf(one));
        var report = new ComparisonReport
        {
            One = one.Side(),
            Other = other.Side(),
            Kind = kind,
            Summary = "",
            Overlap = kind == ComparisonKind.Dimensions ? null : GranularityOverlap.Of(ours.Circuit.Nodes, theirs.Circuit.Nodes),
            Rankings = kind == ComparisonKind.Dimensions || ours.Ranking is null || theirs.Ranking is null ? null
                : RankingAgreement.Of(ours.Ranking, theirs.Ranking, SizeLadder.Default),
            DepthOverlap = DepthProfile.Overlap(DepthProfile.Of(one.Circuit.Nodes), DepthProfile.Of(other.Circuit.Nodes)),
            Written = Write(options, one, other, kind),
        };
        return report with { Summary = ComparisonSummary.Of(report) };
    }

    /// <summary>The same nodes at the places of another layout of the same dimensions.</summary>
    private static NodeSet OnLayoutOf(ComparedCircuit one, NodeSet nodes) => NodeSet.Close(one.Circuit.Nodes.Layout, nodes.Kept());

    private static ImmutableArray<string> Write(CompareOptions options, ComparedCircuit one, ComparedCircuit other, ComparisonKind kind)
    {
        (string? File, string Word, Func<NodeSet, NodeSet, NodeSet> Make)[] sets =
        [
            (options.Intersection, "intersection", CircuitSets.Intersection),
            (options.Union, "union", CircuitSets.Union),
            (options.Difference, "difference", CircuitSets.Difference),
        ];
        var wanted = sets.Where(set => set.File is not null).ToArray();
        if (wanted.Length > 0 && (kind is ComparisonKind.Weights or ComparisonKind.Dimensions || !one.HasGatesOf(other)))
        {
            Throw.Input(
                $"the {wanted[0].Word} of the circuits is no circuit",
                found: $"circuits of {one.Circuit.Provenance.Model} and {other.Circuit.Provenance.Model}{(one.HasGatesOf(other) ? "" : ", gates of layers or of the embedding in one alone")}",
                expected: "two circuits of one model with gates of the same granularities", remedy: "Leave the option out, or compare circuits of one model");
        }

        foreach (var (file, _, _) in wanted)
        {
            CircuitPlace.Check(file!);
        }

        foreach (var (file, word, make) in wanted)
        {
            CircuitFile.Write(file!, new Circuit(make(one.Circuit.Nodes, OnLayoutOf(one, other.Circuit.Nodes)), Provenance(one, other, word)));
        }

        return [.. wanted.Select(set => Path.GetFullPath(set.File!))];
    }

    /// <summary>The first one's, by which the circuit is measured if nothing else is said.</summary>
    private static Provenance Provenance(ComparedCircuit one, ComparedCircuit other, string word)
    {
        var (first, second) = (one.Circuit.Provenance, other.Circuit.Provenance);
        return first with
        {
            Method = first.Method == second.Method ? first.Method : $"{first.Method}, {second.Method}",
            Chosen = $"{word} of {one.Path} ({first.Chosen}) and {other.Path} ({second.Chosen})",
            NodalVersion = NodalVersion.Current,
        };
    }
}
