using CsCheck;
using Nodal.Discovery;

namespace Nodal.Tests.Discovery;

public sealed class SizeSequenceTests
{
    /// <summary>Of n successive points of the golden ratio, two neighbours are never further apart than 1.9 / n (Knuth 1973, section 6.4).</summary>
    [Fact]
    public void Any_stretch_of_steps_fills_the_whole_range() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 5000], Gen.Int[2, 200]).Sample((seed, first, count) =>
        {
            double[] points = [.. Enumerable.Range(first, count).Select(step => SizeSequence.Of(seed, step)).Order()];

            points.ShouldAllBe(point => point >= 0 && point < 1);
            var gaps = points.Zip(points.Skip(1), (left, right) => right - left).Append(points[0] + 1 - points[^1]);
            gaps.Max().ShouldBeLessThan(1.9 / count);
        });

    [Fact]
    public void Seeds_begin_at_different_points() =>
        Enumerable.Range(0, 50).Select(seed => SizeSequence.Of(seed, 0)).Distinct().Count().ShouldBe(50);
}
