using CsCheck;
using Nodal.Reports;

namespace Nodal.Tests.Reports;

public sealed class PlotAxisTests
{
    [Theory]
    [InlineData(0.43, new[] { 0, 0.1, 0.2, 0.3, 0.4, 0.5 })]
    [InlineData(1.0, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(13.0, new[] { 0, 2, 4, 6, 8, 10, 12, 14.0 })]
    [InlineData(0, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    public void A_linear_axis_goes_from_0_to_a_round_number(double highest, double[] ticks)
    {
        var axis = PlotAxis.Linear("", highest);

        axis.Ticks.ShouldBe(ticks, 1e-12);
        (axis.Low, axis.High).ShouldBe((0, axis.Ticks[^1]));
    }

    [Theory]
    [InlineData(0.018, 0.7, new[] { 0.02, 0.05, 0.1, 0.2, 0.5 })]
    [InlineData(0.13, 0.45, new[] { 0.2, 0.3, 0.4 })]
    [InlineData(0.01, 1, new[] { 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1 })]
    public void A_logarithmic_axis_has_round_ticks_within_its_range(double low, double high, double[] ticks) => PlotAxis.Log("", low, high).Ticks.ShouldBe(ticks, 1e-12);

    [Fact]
    public void Equal_ratios_are_equal_distances_on_a_logarithmic_axis()
    {
        var axis = PlotAxis.Log("", 0.01, 1);

        axis.Position(0.01).ShouldBe(0);
        axis.Position(0.1).ShouldBe(0.5, 1e-12);
        axis.Position(1).ShouldBe(1, 1e-12);
        axis.Position(0.001).ShouldBe(-0.5, 1e-12);
        axis.Position(0).ShouldBe(0);
    }

    [Fact]
    public void Every_value_up_to_the_highest_lies_on_a_linear_axis_of_few_ticks() => Gen.Double[1e-6, 1e6].Sample(highest =>
    {
        var axis = PlotAxis.Linear("", highest);
        axis.Position(highest).ShouldBeInRange(0.4, 1 + 1e-9);
        axis.Ticks.Length.ShouldBeInRange(4, 10);
    });
}
