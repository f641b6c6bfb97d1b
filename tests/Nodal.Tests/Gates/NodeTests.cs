using CsCheck;
using Nodal.Gates;
using Nodal.Runtime;

namespace Nodal.Tests.Gates;

public sealed class NodeTests
{
    [Theory]
    [InlineData("a3", Granularity.AttentionBlock, 3, 0, 0)]
    [InlineData("a3.h7", Granularity.Head, 3, 7, 0)]
    [InlineData("a3.h7.d12", Granularity.AttentionNeuron, 3, 7, 12)]
    [InlineData("m3", Granularity.MlpBlock, 3, 0, 0)]
    [InlineData("m3.n512", Granularity.MlpHidden, 3, 0, 512)]
    [InlineData("m3.o17", Granularity.MlpOutput, 3, 0, 17)]
    [InlineData("l3", Granularity.Layer, 3, 0, 0)]
    [InlineData("embed", Granularity.Embedding, 0, 0, 0)]
    public void Names_are_those_of_the_papers(string name, Granularity granularity, int layer, int head, int index)
    {
        var node = new Node(granularity, layer, head, index);
        Node.Parse(name).ShouldBe(node);
        node.ToString().ShouldBe(name);
    }

    [Fact]
    public void A_name_leads_back_to_its_node()
    {
        var number = Gen.Int[0, 999_999];
        Gen.Select(Gen.Enum<Granularity>(), number, number, number).Sample((granularity, layer, head, index) =>
        {
            var node = new Node(
                granularity, granularity == Granularity.Embedding ? 0 : layer,
                granularity is Granularity.Head or Granularity.AttentionNeuron ? head : 0,
                granularity is Granularity.AttentionNeuron or Granularity.MlpHidden or Granularity.MlpOutput ? index : 0);
            Node.Parse(node.ToString()).ShouldBe(node);
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("h3")]
    [InlineData("A3")]
    [InlineData(" a3")]
    [InlineData("a3\n")]
    [InlineData("a-1")]
    [InlineData("a3.d2")]
    [InlineData("a3.h7.n2")]
    [InlineData("a3.n2")]
    [InlineData("m3.h2")]
    [InlineData("m3.n2.o1")]
    [InlineData("m3.n")]
    [InlineData("a1234567")]
    [InlineData("a\u0663")]
    public void Other_texts_are_no_names(string name) =>
        Should.Throw<NodalException>(() => Node.Parse(name)).Message.ShouldContain($"a node has no valid name: found '{name}'; expected a3, a3.h7");
}
