using Nodal.Gates;
using Nodal.Runtime;
using Nodal.Tests.Models;

namespace Nodal.Tests.Gates;

public sealed class GateLayoutTests
{
    public static TheoryData<string> Models => TinyModels.Names;

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_position_has_its_own_node_and_every_node_its_position(string model)
    {
        var layout = RandomGates.Layout(model);
        var nodes = Enumerable.Range(0, layout.Count).Select(position => layout[position]).ToArray();

        nodes.Distinct().Count().ShouldBe(layout.Count);
        nodes.Select(layout.IndexOf).ShouldBe(Enumerable.Range(0, layout.Count));
    }

    [Fact]
    public void There_is_a_gate_for_each_block_head_dimension_neuron_and_output()
    {
        var layout = RandomGates.Layout("llama-gqa");
        GateLayout.All.Select(layout.PerLayer).ShouldBe([1, 4, 16, 1, 10, 12]);
        layout.Count.ShouldBe(2 * (1 + 4 + 16 + 1 + 10 + 12));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Spans_follow_each_other_without_a_gap(string model)
    {
        var layout = RandomGates.Layout(model);
        var next = 0;
        foreach (var granularity in GateLayout.All)
        {
            layout.Span(granularity).Start.Value.ShouldBe(next);
            for (var layer = 0; layer < layout.Config.Layers; layer++)
            {
                layout.Offset(granularity, layer).ShouldBe(next);
                layout.Span(granularity, layer).ShouldBe(next..(next + layout.PerLayer(granularity)));
                layout[next].ShouldBe(new Node(granularity, layer));
                next += layout.PerLayer(granularity);
            }

            layout.Span(granularity).End.Value.ShouldBe(next);
        }

        next.ShouldBe(layout.Count);
    }

    [Fact]
    public void Neurons_of_a_head_stand_together()
    {
        var layout = RandomGates.Layout("llama-gqa");
        layout.IndexOf(Node.Parse("a1.h2.d3")).ShouldBe(layout.Offset(Granularity.AttentionNeuron, layer: 1) + (2 * 4) + 3);
    }

    [Theory]
    [InlineData("a2")]
    [InlineData("m2")]
    [InlineData("a0.h4")]
    [InlineData("a0.h4.d0")]
    [InlineData("a0.h0.d4")]
    [InlineData("m1.n10")]
    [InlineData("m1.o12")]
    public void A_node_the_model_lacks_is_refused_by_name(string name)
    {
        var fault = Should.Throw<NodalException>(() => RandomGates.Layout("llama-gqa").IndexOf(Node.Parse(name)));
        fault.Message.ShouldContain($"the model has no such node: found '{name}'; expected a node of 2 layers, 4 heads of 4 dimensions, 10 hidden neurons, 12 outputs");
    }
}
