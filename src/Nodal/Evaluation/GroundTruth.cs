using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Runtime;

namespace Nodal.Evaluation;

/// <summary>What a model is known to need: for compiled transformers, whose program is known, a measure of how right a ranking is.</summary>
/// <param name="Needed">Heads and MLP blocks; all others of the model are not needed.</param>
public sealed record GroundTruth(ImmutableArray<Node> Needed)
{
    private static readonly Granularity[] Kinds = [Granularity.Head, Granularity.MlpBlock];

    /// <summary>Of a compiled transformer that comes with Nodal, under zero ablation: the published circuit (ArthurConmy/Automatic-Circuit-Discovery, <c>acdc/tracr_task/utils.py</c>) less the head of
    /// the first layer of <see cref="EmbeddedModel.Reverse"/>, whose ablation alone changes none of its outputs.</summary>
    /// <param name="model">One of <see cref="EmbeddedModel.Compiled"/>.</param>
    /// <exception cref="NodalException">It is none of them.</exception>
    public static GroundTruth Of(string model)
    {
        string[] needed = EmbeddedModel.Named(model) switch
        {
            EmbeddedModel.Reverse => ["m0", "m1", "m2", "a3.h0"],
            EmbeddedModel.Proportion => ["m0", "a1.h0"],
            _ => [],
        };
        if (needed.Length == 0)
        {
            Throw.Usage("what a model needs is not known", found: $"'{model}'", expected: $"one of {string.Join(", ", EmbeddedModel.Compiled)}", remedy: "Name one of these");
        }

        return new GroundTruth([.. needed.Select(Node.Parse)]);
    }

    /// <summary>How well a ranking tells needed nodes from others: by the thresholds at which its closed circuits take them in.</summary>
    public GroundTruthScore Score(Ranking ranking) => Score(ranking.Layout, ranking.Entries);

    /// <summary>How well scores of nodes tell needed ones from others, each node by its own score.</summary>
    /// <param name="layout">Where the nodes stand.</param>
    /// <param name="scores">(gates); those of heads and MLP blocks are looked at.</param>
    /// <exception cref="Runtime.NodalException">A needed node is none of the model.</exception>
    public GroundTruthScore Score(GateLayout layout, ReadOnlySpan<double> scores)
    {
        var needed = Needed.Select(layout.IndexOf).ToHashSet();
        var values = scores.ToArray();
        double? Area(params Granularity[] kinds)
        {
            int[] nodes = [.. kinds.SelectMany(kind => Enumerable.Range(layout.Offset(kind), layout.Rows(kind) * layout.PerLayer(kind)))];
            bool[] positive = Array.ConvertAll(nodes, needed.Contains);
            return positive.Distinct().Count() < 2 ? null : RocArea.Of(Array.ConvertAll(nodes, node => values[node]), positive);
        }

        return new GroundTruthScore(Area(Kinds), Area(Granularity.Head), Area(Granularity.MlpBlock));
    }
}
