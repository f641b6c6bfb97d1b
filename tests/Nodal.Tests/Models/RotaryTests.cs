using Nodal.Models;
using static TorchSharp.torch;

namespace Nodal.Tests.Models;

public sealed class RotaryTests
{
    [Fact]
    public void Frequencies_fall_geometrically_from_1() =>
        Close(new RotaryEmbedding(10_000).Frequencies(8), [1, 0.1, 0.01, 0.001]);

    [Fact]
    public void Linear_scaling_stretches_every_wavelength() =>
        Close(new RotaryEmbedding(10_000, new RotaryScaling(4)).Frequencies(4), [0.25, 0.0025]);

    // 628 / 2π is 100 to three digits, so 100 f wavelengths fill the original context: above 4 they stay, below 1 they are 8 times longer, at 2.5 half of each.
    [Theory]
    [InlineData(0.05, 0.05)]
    [InlineData(0.04, 0.04)]
    [InlineData(0.025, 0.025 * (0.5 + (0.5 / 8)))]
    [InlineData(0.01, 0.01 / 8)]
    [InlineData(0.002, 0.002 / 8)]
    public void Llama_3_stretches_long_wavelengths_alone(double frequency, double expected)
    {
        var scaling = new RotaryScaling(8, LowFrequencyFactor: 1, HighFrequencyFactor: 4, OriginalContextLength: 628);
        scaling.Scale(frequency).ShouldBe(expected, expected * 2e-3);
    }

    [Fact]
    public void Each_pair_of_dimensions_is_turned_by_position_times_frequency()
    {
        using var scope = NewDisposeScope();
        using var table = new RotaryTable([1, 0.1], 5, ScalarType.Float64);
        var turned = table.Apply(tensor(new double[] { 2, 3, 0, 1 }).repeat(5).view(1, 1, 5, 4)).data<double>().ToArray().Chunk(4).ToArray();
        for (var position = 0; position < 5; position++)
        {
            var (first, second) = (position * 1.0, position * 0.1);
            Close(turned[position], [
                2 * Math.Cos(first), (3 * Math.Cos(second)) - Math.Sin(second),
                2 * Math.Sin(first), (3 * Math.Sin(second)) + Math.Cos(second)]);
        }
    }

    [Fact]
    public void Products_of_turned_vectors_depend_on_their_distance_alone()
    {
        using var scope = NewDisposeScope();
        using var table = new RotaryTable(new RotaryEmbedding(100).Frequencies(6), 12, ScalarType.Float64);
        Tensor Everywhere() => table.Apply(randn(6, dtype: ScalarType.Float64).repeat(12).view(1, 1, 12, 6))[0, 0];
        var products = Everywhere().matmul(Everywhere().t());                                   // (t, t)
        products.narrow(0, 1, 11).narrow(1, 1, 11).ShouldBeWithin(products.narrow(0, 0, 11).narrow(1, 0, 11), 1e-12);
    }

    private static void Close(double[] actual, double[] expected)
    {
        actual.Length.ShouldBe(expected.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            actual[i].ShouldBe(expected[i], 1e-12);
        }
    }
}
