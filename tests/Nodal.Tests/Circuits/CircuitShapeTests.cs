using Nodal.Circuits;
using Nodal.Gates;

namespace Nodal.Tests.Circuits;

public sealed class CircuitShapeTests
{
    private static readonly CircuitShape Shape = new(Layers: 2, Heads: 3, HeadWidth: 4, HiddenWidth: 5, Width: 12);

    [Theory]
    [InlineData("a1")]
    [InlineData("a1.h2")]
    [InlineData("a1.h2.d3")]
    [InlineData("m0")]
    [InlineData("m0.n4")]
    [InlineData("m1.o11")]
    public void It_has_the_last_node_of_every_granularity(string name) => Shape.Has(Node.Parse(name)).ShouldBeTrue();

    [Theory]
    [InlineData("a2")]
    [InlineData("a1.h3")]
    [InlineData("a1.h3.d0")]
    [InlineData("a1.h2.d4")]
    [InlineData("m2")]
    [InlineData("m2.n0")]
    [InlineData("m0.n5")]
    [InlineData("m1.o12")]
    public void It_has_no_node_beyond(string name) => Shape.Has(Node.Parse(name)).ShouldBeFalse();
}
