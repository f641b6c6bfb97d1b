using Nodal.Evaluation;

namespace Nodal.Tests.Evaluation;

public sealed class RocAreaTests
{
    [Theory]
    [InlineData(new[] { 3.0, 2, 1, 0 }, new[] { true, true, false, false }, 1)]
    [InlineData(new[] { 0.0, 1, 2, 3 }, new[] { true, true, false, false }, 0)]
    [InlineData(new[] { 5.0, 5, 5 }, new[] { true, false, false }, 0.5)]

    // Positives 4 and 2 against 3, 2 and 1: 4 is above three; 2 is above 1 and level with 2: (3 + 1.5) / 6.
    [InlineData(new[] { 4.0, 3, 2, 2, 1 }, new[] { true, false, true, false, false }, 0.75)]

    // Infinite scores are scores: level with each other, above all others.
    [InlineData(new[] { double.PositiveInfinity, double.PositiveInfinity, double.NegativeInfinity, 7 }, new[] { true, false, false, false }, 2.5 / 3)]
    public void It_is_the_share_of_pairs_in_the_right_order_ties_half(double[] scores, bool[] positive, double expected) => RocArea.Of(scores, positive).ShouldBe(expected, 1e-12);

    [Fact]
    public void Without_both_kinds_there_is_no_area()
    {
        Should.Throw<ArgumentException>(() => RocArea.Of([1, 2], [true, true])).Message.ShouldContain("2 positives and 0 negatives");
        Should.Throw<ArgumentException>(() => RocArea.Of([1, 2], [false, false]));
        Should.Throw<ArgumentException>(() => RocArea.Of([1], [false, true]));
    }
}
