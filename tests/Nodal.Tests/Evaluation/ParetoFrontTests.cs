using CsCheck;
using Nodal.Evaluation;

namespace Nodal.Tests.Evaluation;

public sealed class ParetoFrontTests
{
    [Fact]
    public void Points_that_another_beats_in_one_and_equals_or_beats_in_the_other_are_not_on_the_front() =>
        ParetoFront.Of([(0.1, 0.5), (0.2, 0.3), (0.2, 0.4), (0.3, 0.3), (0.4, 0.1), (0.15, 0.6)]).ShouldBe([true, true, false, false, true, false]);

    [Fact]
    public void Equal_points_do_not_beat_each_other() => ParetoFront.Of([(0.1, 0.5), (0.1, 0.5)]).ShouldBe([true, true]);

    [Fact]
    public void No_points_have_no_front() => ParetoFront.Of([]).ShouldBeEmpty();

    [Fact]
    public void Along_the_front_smaller_is_always_less_faithful() => Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1]).Array[1, 20].Sample(points =>
    {
        var front = ParetoFront.Of(points);
        var kls = points.Where((_, i) => front[i]).Distinct().OrderBy(point => point.Item1).Select(point => point.Item2).ToArray();
        kls.ShouldBe(kls.OrderDescending());
        kls.ShouldNotBeEmpty();
    });
}
