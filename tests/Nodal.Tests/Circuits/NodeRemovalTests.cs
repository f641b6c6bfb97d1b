using CsCheck;
using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Tests.Gates;

namespace Nodal.Tests.Circuits;

public sealed class NodeRemovalTests
{
    private static readonly GateLayout Layout = RandomGates.Layout("gpt2");

    private static readonly Granularity[] Leaves = [Granularity.AttentionNeuron, Granularity.MlpHidden, Granularity.MlpOutput];

    [Fact]
    public void A_node_goes_with_all_that_is_below_it_and_parents_without_children_go_too()
    {
        var full = NodeSet.Full(Layout);

        var without = full.Without(At("a1.h0"), At("a1.h1"), At("a1.h2"), At("m0.n3"));

        (without.Count(Granularity.AttentionBlock, 1), without.Count(Granularity.AttentionNeuron, 1)).ShouldBe((0, 0));
        without.Count(Granularity.MlpHidden, 0).ShouldBe(13);
        (full.Nodes().Count() - without.Nodes().Count()).ShouldBe(1 + 3 + 12 + 1);
        full.Without().SameAs(full).ShouldBeTrue();
        without.SameAs(full).ShouldBeFalse();
    }

    [Fact]
    public void A_head_that_is_shared_stays_open_in_the_complement_for_the_rest_of_its_neurons()
    {
        var open = new bool[Layout.Count];
        foreach (var node in new[] { "a0", "a0.h1", "a0.h1.d2", "m1", "m1.n4", "m1.o0", "m1.o1" })
        {
            open[At(node)] = true;
        }

        var rest = NodeSet.Close(Layout, open).Complement();

        (rest[At("a0.h1")], rest[At("a0.h1.d2")], rest[At("a0.h1.d3")]).ShouldBe((true, false, true));
        (rest.Count(Granularity.MlpHidden, 1), rest.Count(Granularity.MlpOutput, 1)).ShouldBe((13, 10));
        rest.Count(Granularity.MlpHidden, 0).ShouldBe(14);
    }

    [Fact]
    public void Of_every_leaf_circuit_or_complement_has_one_unless_its_block_cannot_be() => RandomGates.Nodes(Layout.Count).Sample(open =>
    {
        var circuit = NodeSet.Close(Layout, open);
        var rest = circuit.Complement();
        foreach (var leaf in Leaves.SelectMany(granularity => NodeSet.Full(Layout).Positions(granularity)))
        {
            var (node, block) = (Layout[leaf], Layout.Offset(Granularity.MlpBlock, Layout[leaf].Layer));
            (circuit[leaf] && rest[leaf]).ShouldBeFalse();
            (circuit[leaf] || rest[leaf]).ShouldBe(circuit[leaf] || node.Granularity == Granularity.AttentionNeuron || rest[block]);
        }
    }, iter: 50);

    [Fact]
    public void The_embedding_stays_open_in_a_complement()
    {
        var whole = RandomGates.WholeLayout("gpt2");

        NodeSet.Full(whole).Complement().Nodes().Select(node => node.Granularity).ShouldBe([Granularity.Embedding]);
    }

    private static int At(string node) => Layout.IndexOf(Node.Parse(node));
}
