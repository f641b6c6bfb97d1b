using Nodal.Comparison;

namespace Nodal.Tests.Comparison;

public sealed class RankCorrelationTests
{
    [Theory]
    [InlineData(new[] { 1.0, 2, 3 }, new[] { 10.0, 20, 90 }, 1)]
    [InlineData(new[] { 1.0, 2, 3 }, new[] { 3.0, 2, 1 }, -1)]

    // Ranks 1, 2, 3, 4 and 2, 1, 4, 3: 1 − 6 · 4 / (4 · 15).
    [InlineData(new[] { 1.0, 2, 3, 4 }, new[] { 0.5, 0.1, 9, 7 }, 0.6)]

    // Ranks 1.5, 1.5, 3 and 1, 2, 3, less 2: (−.5 · −1 + −.5 · 0 + 1 · 1) / √(1.5 · 2).
    [InlineData(new[] { 0.0, 0, 5 }, new[] { 1.0, 2, 3 }, 0.8660254037844387)]
    public void It_is_the_correlation_of_ranks_ties_sharing_theirs(double[] one, double[] other, double expected) => RankCorrelation.Of(one, other)!.Value.ShouldBe(expected, 1e-12);

    [Fact]
    public void Infinite_scores_have_ranks_and_equal_ones_no_correlation()
    {
        RankCorrelation.Of([double.NegativeInfinity, 0, double.PositiveInfinity], [1, 2, 3])!.Value.ShouldBe(1, 1e-12);
        RankCorrelation.Of([double.PositiveInfinity, double.PositiveInfinity], [1, 2]).ShouldBeNull();
    }
}
