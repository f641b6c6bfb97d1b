using CsCheck;
using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Tests.Gates;
using Nodal.Tests.Models;

namespace Nodal.Tests.Circuits;

public sealed class RankingTests
{
    public static TheoryData<string> Models => TinyModels.Names;

    [Theory]
    [MemberData(nameof(Models))]
    public void A_circuit_is_the_closure_of_the_scores_above_the_threshold(string model)
    {
        var layout = RandomGates.WholeLayout(model);
        Gen.Select(Scores(layout), Gen.Double[-2, 2]).Sample((scores, threshold) =>
            new Ranking(layout, scores).Above(threshold).Gates()
                .ShouldBe(NodeSet.Close(layout, Array.ConvertAll(scores, score => score > threshold)).Gates()));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Smaller_circuits_are_subsets_of_larger_ones(string model)
    {
        var layout = RandomGates.WholeLayout(model);
        Gen.Select(Scores(layout), Gen.Double[0.01, 1], Gen.Double[0.01, 1]).Sample((scores, one, other) =>
        {
            var ranking = new Ranking(layout, scores);
            ranking.AtSize(Math.Min(one, other)).IsSubsetOf(ranking.AtSize(Math.Max(one, other))).ShouldBeTrue();
        });
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_circuit_is_the_largest_of_the_family_that_is_not_above_the_size(string model)
    {
        var layout = RandomGates.WholeLayout(model);
        var account = new SizeAccount(layout);
        Gen.Select(Scores(layout), Gen.Double[0.01, 0.999]).Sample((scores, size) =>
        {
            var ranking = new Ranking(layout, scores);
            var chosen = account.Fraction(ranking.AtSize(size).Gates());
            var fitting = scores.Append(double.NegativeInfinity).Select(threshold => account.Fraction(ranking.Above(threshold).Gates())).Where(fraction => fraction <= size);

            chosen.ShouldBeLessThanOrEqualTo(size);
            chosen.ShouldBe(fitting.Max());
        });
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_whole_size_is_the_whole_model(string model)
    {
        var layout = RandomGates.WholeLayout(model);
        Scores(layout).Sample(scores => new Ranking(layout, scores).AtSize(1).Nodes().Count().ShouldBe(layout.Count));
    }

    [Fact]
    public void A_granularity_that_is_off_is_kept_wherever_its_ancestors_are()
    {
        var layout = RandomGates.Layout("llama-gqa");
        var scores = Enumerable.Repeat(double.PositiveInfinity, layout.Count).ToArray();
        layout.Span(Granularity.Head).GetOffsetAndLength(layout.Count).ShouldBe((2, 8));
        for (var head = 0; head < 8; head++)
        {
            scores[2 + head] = head;
        }

        scores[layout.IndexOf(Node.Parse("m0"))] = 2.5;
        scores[layout.IndexOf(Node.Parse("m1"))] = 9;
        var circuit = new Ranking(layout, scores).Above(5.5);

        string.Join(' ', circuit.Nodes().Where(node => node.Granularity is Granularity.AttentionBlock or Granularity.Head or Granularity.MlpBlock)).ShouldBe("a1 a1.h2 a1.h3 m1");
        circuit.Counts().Values.ShouldBe([1, 2, 2 * 4, 1, 10, 12]);
    }

    [Fact]
    public void What_is_always_kept_is_the_smallest_circuit()
    {
        var layout = RandomGates.Layout("llama-gqa");
        var scores = Enumerable.Range(0, layout.Count).Select(i => layout[i].Granularity == Granularity.MlpHidden ? i : double.PositiveInfinity).ToArray();
        var ranking = new Ranking(layout, scores);
        var smallest = ranking.AtSize(1e-6);

        smallest.Counts().Values.ShouldBe([2, 8, 32, 0, 0, 0]);
        smallest.IsSubsetOf(ranking.AtSize(0.9)).ShouldBeTrue();
        ranking.AtSize(1).Nodes().Count().ShouldBe(layout.Count);
    }

    [Fact]
    public void Nodes_of_equal_rank_come_together()
    {
        var layout = RandomGates.Layout("llama-gqa");
        var ranking = new Ranking(layout, new double[layout.Count]);
        ranking.AtSize(0.99).Nodes().ShouldBeEmpty();
        ranking.AtSize(1).Nodes().Count().ShouldBe(layout.Count);
    }

    [Fact]
    public void Too_few_scores_are_refused()
    {
        var layout = RandomGates.Layout("llama-gqa");
        Should.Throw<ArgumentException>(() => new Ranking(layout, new double[3])).Message.ShouldContain($"3 scores for {layout.Count} gates");
    }

    /// <summary>Scores, some of them equal.</summary>
    private static Gen<double[]> Scores(GateLayout layout) =>
        Gen.OneOf(Gen.Double[-2, 2].Array[layout.Count], Gen.Int[-5, 5].Select(score => score / 3.0).Array[layout.Count]);
}
