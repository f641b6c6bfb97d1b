using CsCheck;
using Nodal.Circuits;
using Nodal.Discovery;
using Nodal.Gates;
using Nodal.Tests.Gates;

namespace Nodal.Tests.Discovery;

public sealed class ConsensusRankingTests
{
    private static readonly GateLayout Layout = RandomGates.Layout("llama-gqa");

    [Theory]
    [InlineData(new double[] { 3, 1, 3, 2 }, new double[] { 3.5, 1, 3.5, 2 })]
    [InlineData(new double[] { 7, 7, 7 }, new double[] { 2, 2, 2 })]
    [InlineData(new double[] { -1, double.NegativeInfinity, 5 }, new double[] { 2, 1, 3 })]
    [InlineData(new double[] { }, new double[] { })]
    public void Equal_values_share_the_mean_of_their_ranks(double[] values, double[] expected) => ConsensusRanking.Ranks(values).ShouldBe(expected);

    [Fact]
    public void Ranks_always_sum_to_those_of_different_values() => Gen.Int[0, 5].Array.Sample(values =>
        ConsensusRanking.Ranks(Array.ConvertAll(values, value => (double)value)).Sum().ShouldBe(values.Length * (values.Length + 1) / 2.0, 1e-9));

    [Fact]
    public void A_score_of_the_consensus_is_the_mean_rank_of_its_node()
    {
        var (one, other) = (Random(1), Random(2));
        var (first, second) = (ConsensusRanking.Ranks(one.Entries), ConsensusRanking.Ranks(other.Entries));

        ConsensusRanking.Of([one, other]).Scores.ToArray().ShouldBe(first.Zip(second, (a, b) => (a / 2) + (b / 2)));
    }

    [Fact]
    public void The_consensus_of_one_ranking_has_its_circuits() => SameCircuits(ConsensusRanking.Of([Random(1)]), Random(1));

    [Fact]
    public void A_scale_of_scores_does_not_matter()
    {
        var scaled = new Ranking(Layout, Random(2).Scores.ToArray().Select(score => Math.Exp(3 * score) + 100));

        SameCircuits(ConsensusRanking.Of([Random(1), scaled]), ConsensusRanking.Of([Random(1), Random(2)]));
    }

    [Fact]
    public void A_leaf_below_a_closed_head_has_no_say_however_high_its_score()
    {
        var scores = Random(1).Scores.ToArray();
        scores[Layout.IndexOf(Node.Parse("a0.h1"))] = -9;
        var quiet = scores.ToArray();
        scores[Layout.IndexOf(Node.Parse("a0.h1.d2"))] = 1000;

        ConsensusRanking.Of([new Ranking(Layout, scores), Random(2)]).Scores.ToArray().ShouldBe(ConsensusRanking.Of([new Ranking(Layout, quiet), Random(2)]).Scores.ToArray());
    }

    private static void SameCircuits(Ranking one, Ranking other)
    {
        foreach (var size in new[] { 0.05, 0.1, 0.3, 0.5, 0.9, 1 })
        {
            one.AtSize(size).Gates().ShouldBe(other.AtSize(size).Gates());
        }
    }

    private static Ranking Random(int seed) => new(Layout, RandomGates.Fixed(Layout.Count, seed));
}
