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
    public void Optional_granularities_stand_behind_the_others_and_only_where_asked_for()
    {
        var (plain, whole) = (RandomGates.Layout("llama-gqa"), RandomGates.WholeLayout("llama-gqa"));
        var embedding = new GateLayout(plain.Config, [Granularity.Embedding, Granularity.Head]);

        whole.Count.ShouldBe(plain.Count + 2 + 1);
        Enumerable.Range(0, plain.Count).Select(position => whole[position]).ShouldBe(Enumerable.Range(0, plain.Count).Select(position => plain[position]));
        Enumerable.Range(plain.Count, 3).Select(position => whole[position].ToString()).ShouldBe(["l0", "l1", "embed"]);
        Enumerable.Range(0, whole.Count).Select(position => whole.IndexOf(whole[position])).ShouldBe(Enumerable.Range(0, whole.Count));
        embedding.Granularities.ShouldBe([.. GateLayout.All, Granularity.Embedding]);
        embedding[embedding.Count - 1].ToString().ShouldBe("embed");
        embedding.Count.ShouldBe(plain.Count + 1);
    }

    [Theory]
    [InlineData("l0")]
    [InlineData("embed")]
    public void A_node_whose_granularity_is_off_is_refused(string name) =>
        Should.Throw<NodalException>(() => RandomGates.Layout("llama-gqa").IndexOf(Node.Parse(name))).Message.ShouldContain($"the node is of a granularity that is off here: found '{name}'");

    [Fact]
    public void A_layer_the_model_lacks_is_refused() =>
        Should.Throw<NodalException>(() => RandomGates.WholeLayout("llama-gqa").IndexOf(Node.Parse("l2"))).Message.ShouldContain("the model has no such node: found 'l2'");

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
