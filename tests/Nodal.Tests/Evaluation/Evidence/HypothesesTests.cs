using Nodal.Circuits;
using Nodal.Evaluation.Evidence;
using Nodal.Gates;
using Nodal.Patching;

namespace Nodal.Tests.Evaluation.Evidence;

public sealed class HypothesesTests
{
    private static readonly NodeSet Circuit = TableSetting.Circuit("a0.h0", "a1.h1", "m2");

    private static PairMetrics Pair(double own, double full) => new(0, own, full, true, 0.5, 0.5);

    // 9 of 10 pairs better: 22 / 1024 two-sided without a margin, 0.0480 with one of .1 (summed in ExactBinomialTests); the eleventh is a tie.
    [Fact]
    public void Equivalence_counts_pairs_and_leaves_out_ties()
    {
        var test = EquivalenceTest.Of([.. Enumerable.Repeat(Pair(2, 1), 9), Pair(1, 2), Pair(3 + 1e-9, 3)]);

        (test.Better, test.Worse, test.Ties).ShouldBe((9, 1, 1));
        test.SignTest.ShouldBe(22.0 / 1024, 1e-12);
        test.PValue.ShouldBe(0.0480351232, 1e-10);
    }

    [Fact]
    public void The_full_model_is_equivalent_to_itself()
    {
        var test = EquivalenceTest.Of([.. Enumerable.Range(0, 20).Select(i => Pair(i, i))]);

        (test.Ties, test.SignTest, test.PValue).ShouldBe((20, 1, 1));
    }

    [Fact]
    public void A_complement_that_follows_the_model_is_dependent_and_a_constant_one_is_not()
    {
        var full = Enumerable.Range(0, 40).Select(i => Math.Sin(i)).ToArray();

        IndependenceTest.Of([.. full.Select(score => Pair(0.1 * score, score))], seed: 1).PValue.ShouldBe(1.0 / 1001, 1e-12);
        IndependenceTest.Of([.. full.Select(score => Pair(0.3, score))], seed: 1).PValue.ShouldBe(1);
        IndependenceTest.Of([Pair(1, 1)], seed: 1).PValue.ShouldBe(1, "of one pair nothing can be said");
    }

    // All of 30 beaten: .9^30 = 0.0424; 29 of 30: .9^30 + 30 · .1 · .9^29 = 0.1837.
    [Fact]
    public void A_comparison_with_random_circuits_counts_those_beaten()
    {
        var all = RandomComparison.Of([1, 3], [.. Enumerable.Repeat(new[] { 2.0, 3 }, 30)], lessIsBetter: true, seed: 1);
        (all.Kl, all.Beaten).ShouldBe((2, 30));
        all.PValue.ShouldBe(Math.Pow(0.9, 30), 1e-12);
        all.SmallestPValue.ShouldBe(all.PValue);

        var most = RandomComparison.Of([1, 3], [[2, 2], .. Enumerable.Repeat(new[] { 2.0, 3 }, 29)], lessIsBetter: true, seed: 1);
        most.Beaten.ShouldBe(29, "a draw is no win");
        most.PValue.ShouldBe(Math.Pow(0.9, 30) + (3 * Math.Pow(0.9, 29)), 1e-12);

        RandomComparison.Of([1, 3], [.. Enumerable.Repeat(new[] { 2.0, 3 }, 30)], lessIsBetter: false, seed: 1).Beaten.ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_differs_by_rounding_alone_is_a_draw(bool lessIsBetter)
    {
        double[][] random = [[1, 3 + 1e-6], [1, 3 - 1e-6]];

        RandomComparison.Of([1, 3], random, lessIsBetter, seed: 1).Beaten.ShouldBe(0);
        NodeMinimalityTest.Of([(Node.Parse("m1"), 4 + 1e-6, new[] { 4.0 })], untested: 0).Nodes.Single().Weaker.ShouldBe(0);
    }

    /// <summary>Prompts alone give every circuit, even none, one logit times the factor of the pair: without the circuit the scores follow the full model's, and so they do without anything.</summary>
    [Fact]
    public void What_prompts_and_ablation_carry_stands_beside_independence()
    {
        var behaviour = TableSetting.Sum(("a0.h0", 2));
        var (setting, _) = TableSetting.Make(Circuit, circuit => 1 + behaviour(circuit));

        var evidence = Hypotheses.Of(setting with { RandomCircuits = 1 });

        evidence.Independence.PValue.ShouldBeLessThan(evidence.Level);
        evidence.IndependenceAllClosed.ShouldBe(evidence.Independence, "nothing beyond it speaks against the circuit");
    }

    /// <summary>All heads of a layer and a whole MLP block: every draw of as many nodes is the circuit itself.</summary>
    [Fact]
    public void A_circuit_that_leaves_nothing_to_draw_is_compared_with_no_random_one()
    {
        var (setting, runner) = TableSetting.Make(TableSetting.Circuit("a0.h0", "a0.h1", "a0.h2", "m2"), TableSetting.Sum(("a0.h0", 2)), _ => 1);

        var evidence = Hypotheses.Of(setting with { RandomCircuits = 20 });

        (evidence.Sufficiency, evidence.PartialNecessity).ShouldBe((null, null));
        evidence.LeftOut.ShouldHaveSingleItem().ShouldStartWith("comparison with random circuits left out: all 20 that were drawn");
        evidence.Runs.ShouldBe(runner.Ran.Count);
    }

    // 3 weaker of 10 at .9: P(K ≤ 3) = Σ C(10, k) .9^k .1^(10−k) = 9.1216e-6; of two tests twice that. 10 of 10 is no evidence against the node.
    [Fact]
    public void A_node_no_stronger_than_random_ones_is_needless_after_correction()
    {
        double[] reference = [.. Enumerable.Range(1, 10)];
        var test = NodeMinimalityTest.Of([(Node.Parse("a0.h0"), 11, reference), (Node.Parse("m1"), 3.5, reference)], untested: 1);

        test.Nodes.Select(node => (node.Node, node.Weaker)).ShouldBe([("m1", 3), ("a0.h0", 10)]);
        test.Nodes[0].PValue.ShouldBe(9.1216e-6, 1e-10);
        test.Nodes[0].CorrectedPValue.ShouldBe(2 * 9.1216e-6, 1e-10);
        test.Nodes[1].CorrectedPValue.ShouldBe(1);
        (test.Needless(0.05), test.Untested).ShouldBe((1, 1));
    }

    /// <summary>The behaviour is in a0.h0 and m2; a1.h1 is kept and does nothing, as do all nodes outside.</summary>
    [Fact]
    public void A_circuit_that_holds_the_behaviour_passes_but_for_the_head_that_does_nothing()
    {
        var behaviour = TableSetting.Sum(("a0.h0", 2), ("m2", 1));
        var (setting, runner) = TableSetting.Make(Circuit, behaviour, circuit => 3 - behaviour(circuit));

        var evidence = Hypotheses.Of(setting with { RandomCircuits = 40 });

        evidence.Equivalence.Ties.ShouldBe(8);
        evidence.Independence.PValue.ShouldBe(1, "without the circuit every pair has the score 0");
        evidence.Minimality.Nodes.Where(node => node.Effect == 0).Select(node => node.Node).ShouldBe(["a1", "a1.h1"], ignoreOrder: true);
        evidence.Minimality.Needless(evidence.Level).ShouldBe(2);
        evidence.Minimality.Nodes.Single(node => node.Node == "a0.h0").ShouldSatisfyAllConditions(
            node => node.Effect.ShouldBe(4 * Enumerable.Range(1, 8).Average(i => i * i), 1e-9), node => node.Weaker.ShouldBe(40), node => node.CorrectedPValue.ShouldBe(1));
        evidence.IndependenceAllClosed.PValue.ShouldBe(1);
        var (sufficiency, necessity) = (evidence.Sufficiency!, evidence.PartialNecessity!);
        sufficiency.Kl.ShouldBe(0);
        sufficiency.Random.Length.ShouldBeInRange(25, 40, "a ninth of the draws are the circuit itself");
        sufficiency.Beaten.ShouldBe(sufficiency.Random.Count(kl => kl > 0));
        sufficiency.Random.Distinct().Count().ShouldBe(2, "m2 is whole, so it is in every random circuit; a0.h0 is in a quarter of the others");
        sufficiency.Random.Count(kl => kl == 0).ShouldBeInRange(1, 23);
        necessity.Kl.ShouldBe(3 * TableSetting.MeanFactor(8), 1e-9);
        evidence.LeftOut.ShouldBeEmpty();
        evidence.Runs.ShouldBe(runner.Ran.Count);
    }

    [Fact]
    public void The_runs_stay_within_what_was_said_and_random_ones_look_at_few_pairs()
    {
        var news = new List<EvidenceProgress>();
        var (setting, runner) = TableSetting.Make(Circuit, TableSetting.Sum(("a0.h0", 2)), pairs: 100, progress: new Discovery.Observer<EvidenceProgress>(news.Add));

        var evidence = Hypotheses.Of(setting with { RandomCircuits = 10 });

        evidence.ComparedPairs.ShouldBe(PartRuns.SearchPairs);
        runner.Ran.Count(ran => ran.Pairs == 100).ShouldBe(1, "the complement");
        news.ShouldAllBe(report => report.Runs <= report.Of);
    }
}
