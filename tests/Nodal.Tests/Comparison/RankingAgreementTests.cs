using Nodal.Circuits;
using Nodal.Comparison;
using Nodal.Gates;
using Nodal.Tests.Gates;

namespace Nodal.Tests.Comparison;

public sealed class RankingAgreementTests
{
    private static readonly GateLayout Layout = RandomGates.Layout("llama-gqa");

    [Fact]
    public void A_ranking_agrees_with_itself_whatever_its_scale()
    {
        var scores = RandomGates.Fixed(Layout.Count, seed: 3);
        var agreement = RankingAgreement.Of(new Ranking(Layout, scores), new Ranking(Layout, scores.Select(score => (7 * score) - 2)), [0.1, 0.5]);

        agreement.Spearman!.Value.ShouldBe(1, 1e-9);
        agreement.ByGranularity.Values.ShouldAllBe(correlation => Math.Abs(correlation!.Value - 1) < 1e-9);
        agreement.Sizes.Select(size => size.Size).ShouldBe([0.1, 0.5]);
        agreement.Sizes.SelectMany(size => size.Overlap.Values).ShouldAllBe(overlap => overlap.Jaccard == 1);
    }

    [Fact]
    public void Random_rankings_agree_by_chance_alone()
    {
        var agreements = Enumerable.Range(0, 20).Select(seed => RankingAgreement.Of(Random(seed), Random(seed + 100), [0.3])).ToArray();

        Math.Abs(agreements.Average(agreement => agreement.ByGranularity[Granularity.AttentionNeuron]!.Value)).ShouldBeLessThan(0.15);
        Math.Abs(agreements.Average(agreement => agreement.Sizes[0].Overlap[Granularity.AttentionNeuron].Corrected ?? 0)).ShouldBeLessThan(0.1);
    }

    [Fact]
    public void A_granularity_that_is_off_has_no_correlation()
    {
        var scores = RandomGates.Fixed(Layout.Count, seed: 3);
        scores.AsSpan(Layout.Span(Granularity.MlpBlock)).Fill(double.PositiveInfinity);
        scores.AsSpan(Layout.Span(Granularity.MlpHidden)).Fill(double.PositiveInfinity);
        scores.AsSpan(Layout.Span(Granularity.MlpOutput)).Fill(double.PositiveInfinity);
        var agreement = RankingAgreement.Of(new Ranking(Layout, scores), Random(5), []);

        agreement.ByGranularity[Granularity.MlpHidden].ShouldBeNull();
        agreement.ByGranularity[Granularity.Head].ShouldNotBeNull();
    }

    private static Ranking Random(int seed) => new(Layout, RandomGates.Fixed(Layout.Count, seed));
}
