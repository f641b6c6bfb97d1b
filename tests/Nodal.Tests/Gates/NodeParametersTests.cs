using Nodal.Gates;
using Nodal.Tests.Models;

namespace Nodal.Tests.Gates;

public sealed class NodeParametersTests
{
    public static TheoryData<string> Models => TinyModels.Names;

    [Theory]
    [MemberData(nameof(Models))]
    public void Heads_of_a_block_share_all_its_parameters_but_the_output_bias(string name)
    {
        var layout = RandomGates.WholeLayout(name);
        var (config, parameters) = (layout.Config, NodeParameters.Of(layout));
        var bias = config.AttentionOutputBias ? config.Width : 0;

        parameters[layout.Span(Granularity.Head, 1)].Sum().ShouldBe(parameters[layout.Offset(Granularity.AttentionBlock, 1)] - bias, 1e-9);
        (parameters[layout.Offset(Granularity.AttentionBlock, 1)] + parameters[layout.Offset(Granularity.MlpBlock, 1)]).ShouldBe(new SizeAccount(layout).Total / (double)config.Layers, 1e-9);
        parameters[layout.Offset(Granularity.Layer, 1)].ShouldBe(new SizeAccount(layout).Total / (double)config.Layers, 1e-9);
        parameters[^1].ShouldBe(0);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(10)]
    public void Of_a_shared_key_value_head_each_of_many_heads_gets_its_part(int heads)
    {
        var layout = new GateLayout(TinyModels.Config("llama-gqa") with { Heads = heads, KeyValueHeads = 1 });
        var parameters = NodeParameters.Of(layout);

        parameters[layout.IndexOf(Node.Parse("a1.h2"))].ShouldBe((2 * 4 * 12) + (2 * 4 * 12 / (double)heads), 1e-9);   // Queries and output columns, and its part of keys and values.
    }

    [Fact]
    public void A_leaf_has_its_rows_and_columns()
    {
        var layout = RandomGates.Layout("llama-gqa");
        var parameters = NodeParameters.Of(layout);

        parameters[layout.IndexOf(Node.Parse("a1.h2.d3"))].ShouldBe(12 + (12 / 2.0), 1e-12);   // An output column, and half a value row that two heads share.
        parameters[layout.IndexOf(Node.Parse("m0.n4"))].ShouldBe(12 + 12 + 12, 1e-12);         // Rows of gate and up, a column of down.
        parameters[layout.IndexOf(Node.Parse("m0.o5"))].ShouldBe(10, 1e-12);                   // A row of down.
    }
}
