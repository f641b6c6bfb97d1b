using Nodal.Models;
using static TorchSharp.torch;

namespace Nodal.Tests.Models;

public sealed class ClosedFormTests
{
    // Mean square of 3 and 4 is 12.5; with ε = 3.5 the root is 4.
    [Fact]
    public void Rms_norm_divides_by_the_root_mean_square()
    {
        using var scope = NewDisposeScope();
        var normed = Norms.Rms(tensor(new double[] { 3, 4 }), tensor(new double[] { 2, 10 }), 3.5);
        normed.ShouldBeWithin(tensor(new[] { 1.5, 10 }), 1e-12);
    }

    // ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))), computed with Python's math.tanh.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.841191990608)]
    [InlineData(-1, -0.158808009392)]
    [InlineData(10, 10)]
    public void Gelu_by_tanh_has_the_known_values(double x, double expected)
    {
        using var scope = NewDisposeScope();
        Activations.GeluTanh(tensor(new[] { x })).ShouldBeWithin(tensor(new[] { expected }), 1e-9);
    }
}
