using System.Runtime.CompilerServices;
using Nodal.Models;
using Nodal.Weights;
using static TorchSharp.torch;

namespace Nodal.Tests.Models;

public sealed class TensorReaderTests
{
    private const nuint Alignment = 64;

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.BFloat16)]
    public void Every_weight_is_aligned_as_libtorch_aligns_its_own_so_that_products_have_the_same_bits_in_every_process(ScalarType precision)
    {
        using var source = WeightSource.Open(TestData.InRepository("assets", "stories260K"));
        var reader = new TensorReader(source, precision);

        foreach (var entry in source.Entries.Values)
        {
            using var read = reader.Read(entry.Name, [.. entry.Shape]);
            (Address(read) % Alignment).ShouldBe((nuint)0, entry.Name);
        }
    }

    [Fact]
    public void Values_and_shape_are_those_of_the_file()
    {
        using var source = WeightSource.Open(TestData.InRepository("assets", "stories260K"));
        var expected = new float[64 * 172];
        source.ReadFloat32("model.layers.2.mlp.down_proj.weight", expected);

        using var read = new TensorReader(source, ScalarType.Float32).Read("model.layers.2.mlp.down_proj.weight", 64, 172);

        read.shape.ShouldBe([64, 172]);
        read.data<float>().ToArray().ShouldBe(expected);
    }

    private static unsafe nuint Address(Tensor tensor) => (nuint)Unsafe.AsPointer(ref tensor.bytes[0]);
}
