using static TorchSharp.torch;

namespace Nodal.Tests;

/// <summary>Comparisons of whole tensors.</summary>
internal static class TensorAsserts
{
    /// <summary>Every element within a distance of the expected one, shapes equal.</summary>
    public static void ShouldBeWithin(this Tensor actual, Tensor expected, double tolerance, string? what = null)
    {
        using var scope = NewDisposeScope();
        actual.shape.ShouldBe(expected.shape, what);
        var distance = (actual.to(ScalarType.Float64) - expected.to(ScalarType.Float64)).abs().max().item<double>();

        // Not "should be at most": a distance that is no number must fail.
        (distance <= tolerance).ShouldBeTrue($"{what}: largest distance {distance:g3}, allowed {tolerance:g3}");
    }
}
