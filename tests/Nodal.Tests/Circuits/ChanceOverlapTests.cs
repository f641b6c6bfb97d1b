using Nodal.Circuits;

namespace Nodal.Tests.Circuits;

public sealed class ChanceOverlapTests
{
    [Theory]

    // Two of four and two of four: none in common in 1 of 6 cases, one in 4 (Jaccard 1/3), both in 1.
    [InlineData(4, 2, 2, ((4.0 / 3) + 1) / 6)]

    // One of five and three of five: the one is among the three in 3 of 5 cases (Jaccard 1/3).
    [InlineData(5, 1, 3, 0.2)]

    // Three of four and two of four: one in common in half of the cases (1/4), two in the other half (2/3).
    [InlineData(4, 3, 2, (0.25 + (2.0 / 3)) / 2)]
    [InlineData(7, 7, 7, 1)]
    [InlineData(7, 0, 3, 0)]
    [InlineData(7, 0, 0, 1)]
    public void Random_sets_overlap_as_counted_by_hand(int all, int one, int other, double expected)
    {
        ChanceOverlap.Expected(all, one, other).ShouldBe(expected, 1e-12);
        ChanceOverlap.Expected(all, other, one).ShouldBe(expected, 1e-12);
    }

    [Fact]
    public void Sets_of_thousands_do_not_overflow() =>

        // A tenth of 40,000 each: about 400 in common, 400 / 7,600.
        ChanceOverlap.Expected(40_000, 4_000, 4_000).ShouldBe(400.0 / 7_600, 1e-4);

    [Fact]
    public void Random_draws_agree_with_the_formula()
    {
        var random = new Random(3);
        var nodes = Enumerable.Range(0, 12).ToArray();
        double Draw()
        {
            random.Shuffle(nodes);
            var one = nodes[..5].ToHashSet();
            random.Shuffle(nodes);
            var both = nodes[..4].Count(one.Contains);
            return both / (9.0 - both);
        }

        Enumerable.Range(0, 20_000).Average(_ => Draw()).ShouldBe(ChanceOverlap.Expected(12, 5, 4), 0.005);
    }

    [Fact]
    public void The_correction_gives_0_for_chance_1_for_the_same_and_nothing_where_chance_is_all()
    {
        ChanceOverlap.Corrected(0.4, 0.4).ShouldBe(0);
        ChanceOverlap.Corrected(1, 0.4).ShouldBe(1);
        ChanceOverlap.Corrected(0.7, 0.4)!.Value.ShouldBe(0.5, 1e-12);
        ChanceOverlap.Corrected(0.1, 0.4)!.Value.ShouldBeLessThan(0);
        ChanceOverlap.Corrected(1, 1).ShouldBeNull();
    }
}
