using CsCheck;
using Nodal.Circuits;
using Nodal.Discovery.Attribution;
using Nodal.Gates;
using Nodal.Tests.Gates;

namespace Nodal.Tests.Discovery.Attribution;

public sealed class EffectScaleTests
{
    private static readonly GateLayout Layout = RandomGates.WholeLayout("llama-gqa");

    [Fact]
    public void Where_leaves_are_scored_the_order_is_that_of_the_effects_sign_included() => Gen.Double[-3, 3].Array[Layout.Count].Sample(effects =>
    {
        var scores = new EffectScale(Layout).Scores(effects, Layout.Granularities);
        var nodes = Enumerable.Range(0, Layout.Count - 1).ToArray();   // The embedding is the last.

        nodes.OrderBy(i => effects[i]).ShouldBe(nodes.OrderBy(i => scores[i]));
        scores[^1].ShouldBe(double.PositiveInfinity);
    }, iter: 20);

    [Fact]
    public void Where_heads_and_blocks_alone_are_scored_the_order_is_that_of_effects_per_parameter()
    {
        var effects = Enumerable.Range(0, Layout.Count).Select(i => Layout[i].Granularity == Granularity.MlpBlock ? 2.0 : 1.0).ToArray();
        var scores = new EffectScale(Layout).Scores(effects, [Granularity.Head, Granularity.MlpBlock]);

        // A head has 4 · 12 weights each of queries and outputs and half as many of the shared keys and values, 144; an MLP block 3 · 12 · 10 = 360.
        scores[Layout.IndexOf(Node.Parse("a0.h0"))].ShouldBeGreaterThan(scores[Layout.IndexOf(Node.Parse("m0"))]);
        new EffectScale(Layout).Scores(effects, [Granularity.Head, Granularity.MlpBlock], perParameter: false)[Layout.IndexOf(Node.Parse("m0"))]
            .ShouldBeGreaterThan(scores[Layout.IndexOf(Node.Parse("m0"))]);
        scores[Layout.IndexOf(Node.Parse("m0.n0"))].ShouldBe(double.PositiveInfinity);
    }

    [Fact]
    public void A_leaf_is_kept_only_above_the_threshold_of_every_ancestor()
    {
        var effects = Enumerable.Repeat(1.0, Layout.Count).ToArray();
        effects[Layout.IndexOf(Node.Parse("a0.h1"))] = 0.5;
        effects[Layout.IndexOf(Node.Parse("a0.h1.d2"))] = 100;
        var ranking = new Ranking(Layout, new EffectScale(Layout).Scores(effects, Layout.Granularities));

        ranking.Entries[Layout.IndexOf(Node.Parse("a0.h1.d2"))].ShouldBe(ranking.Scores[Layout.IndexOf(Node.Parse("a0.h1"))]);
    }

    [Fact]
    public void No_effect_at_all_makes_no_infinite_score() =>
        new EffectScale(Layout).Scores(new double[Layout.Count], Layout.Granularities)[..^1].ShouldAllBe(score => score == 0);
}
