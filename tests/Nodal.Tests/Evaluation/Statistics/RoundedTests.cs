using Nodal.Evaluation.Statistics;

namespace Nodal.Tests.Evaluation.Statistics;

public sealed class RoundedTests
{
    [Theory]
    [InlineData(1 + 1e-6, 1, 0)]
    [InlineData(1 - 1e-6, 1, 0)]
    [InlineData(1.001, 1, 1)]
    [InlineData(0.999, 1, -1)]
    [InlineData(1000.005, 1000, 0)]
    [InlineData(1000.05, 1000, 1)]
    [InlineData(0, 5e-6, 0)]
    [InlineData(0, 5e-5, -1)]
    public void What_float32_cannot_tell_apart_is_a_tie(double value, double other, int order) => Rounded.Compare(value, other).ShouldBe(order);
}
