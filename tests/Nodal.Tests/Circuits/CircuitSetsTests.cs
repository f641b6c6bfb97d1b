using CsCheck;
using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Tests.Gates;

namespace Nodal.Tests.Circuits;

public sealed class CircuitSetsTests
{
    private static readonly GateLayout Layout = RandomGates.Layout("llama-gqa");

    [Fact]
    public void The_intersection_is_what_both_keep_without_parents_that_lost_their_children()
    {
        var one = Circuit("a0.h0.d0", "a0.h1.d0", "m0.n1", "m0.o1");
        var other = Circuit("a0.h0.d1", "a0.h1.d0", "a0.h1.d2", "m0.n1", "m0.n2", "m0.o3");

        Names(CircuitSets.Intersection(one, other)).ShouldBe(["a0", "a0.h1", "a0.h1.d0"]);
    }

    [Fact]
    public void The_union_is_what_either_keeps() =>
        Names(CircuitSets.Union(Circuit("a0.h0.d0"), Circuit("a1.h0.d0", "m0.n1", "m0.o1"))).ShouldBe(["a0", "a1", "a0.h0", "a1.h0", "a0.h0.d0", "a1.h0.d0", "m0", "m0.n1", "m0.o1"], ignoreOrder: true);

    [Fact]
    public void The_difference_keeps_leaves_of_the_one_alone_under_their_ancestors() =>
        Names(CircuitSets.Difference(Circuit("a0.h0.d0", "a0.h0.d1", "a0.h1.d0"), Circuit("a0.h0.d1", "a0.h1.d0", "a1.h0.d0"))).ShouldBe(["a0", "a0.h0", "a0.h0.d0"]);

    [Fact]
    public void A_block_whose_hidden_neurons_alone_differ_keeps_its_outputs_and_the_other_way_round()
    {
        Names(CircuitSets.Difference(Circuit("m0.n1", "m0.n2", "m0.o1", "m0.o3"), Circuit("m0.n2", "m0.o1", "m0.o3"))).ShouldBe(["m0", "m0.n1", "m0.o1", "m0.o3"]);
        Names(CircuitSets.Difference(Circuit("m0.n1", "m0.n2", "m0.o1", "m0.o3"), Circuit("m0.n1", "m0.n2", "m0.o3"))).ShouldBe(["m0", "m0.n1", "m0.n2", "m0.o1"]);
        Names(CircuitSets.Difference(Circuit("m0.n1", "m0.o1"), Circuit("m0.n1", "m0.o1"))).ShouldBeEmpty();
        Names(CircuitSets.Difference(Circuit("m0.n1", "m0.o1"), Circuit("a0.h0.d0"))).ShouldBe(["m0", "m0.n1", "m0.o1"]);
    }

    [Fact]
    public void Sets_of_any_circuits_are_closed_and_ordered()
    {
        var layout = RandomGates.WholeLayout("gpt2");
        Gen.Select(RandomGates.Nodes(layout.Count), RandomGates.Nodes(layout.Count)).Sample((first, second) =>
        {
            var (one, other) = (NodeSet.Close(layout, first), NodeSet.Close(layout, second));
            var (shared, either, alone) = (CircuitSets.Intersection(one, other), CircuitSets.Union(one, other), CircuitSets.Difference(one, other));

            shared.IsSubsetOf(one).ShouldBeTrue();
            shared.IsSubsetOf(other).ShouldBeTrue();
            one.IsSubsetOf(either).ShouldBeTrue();
            alone.IsSubsetOf(one).ShouldBeTrue();
            CircuitSets.Difference(one, one).Count(Granularity.Head).ShouldBe(0);
            foreach (var set in new[] { shared, either, alone })
            {
                NodeSet.Close(layout, Array.ConvertAll(set.Gates(), gate => gate != 0)).Gates().ShouldBe(set.Gates());
            }
        });
    }

    private static IEnumerable<string> Names(NodeSet nodes) => nodes.Nodes().Select(node => node.ToString());

    /// <summary>Leaves with their ancestors.</summary>
    private static NodeSet Circuit(params string[] leaves)
    {
        var open = new bool[Layout.Count];
        foreach (var leaf in leaves)
        {
            var parts = leaf.Split('.');
            for (var depth = 1; depth <= parts.Length; depth++)
            {
                open[Layout.IndexOf(Node.Parse(string.Join('.', parts[..depth])))] = true;
            }
        }

        return NodeSet.Close(Layout, open);
    }
}
