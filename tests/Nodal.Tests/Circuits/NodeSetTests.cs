using CsCheck;
using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Tests.Gates;
using Nodal.Tests.Models;

namespace Nodal.Tests.Circuits;

public sealed class NodeSetTests
{
    public static TheoryData<string> Models => TinyModels.Names;

    [Theory]
    [MemberData(nameof(Models))]
    public void Closing_twice_changes_nothing(string model)
    {
        var layout = RandomGates.WholeLayout(model);
        RandomGates.Nodes(layout.Count).Sample(open =>
        {
            var once = Kept(NodeSet.Close(layout, open));
            Kept(NodeSet.Close(layout, once)).ShouldBe(once);
        });
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void More_nodes_close_to_more_nodes(string model)
    {
        var layout = RandomGates.WholeLayout(model);
        Gen.Select(RandomGates.Nodes(layout.Count), RandomGates.Nodes(layout.Count)).Sample((open, others) =>
        {
            var more = open.Zip(others, (one, other) => one || other).ToArray();
            NodeSet.Close(layout, open).IsSubsetOf(NodeSet.Close(layout, more)).ShouldBeTrue();
        });
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Only_wanted_nodes_are_kept_each_with_its_ancestors_and_each_parent_with_a_child(string model)
    {
        var layout = RandomGates.WholeLayout(model);
        RandomGates.Nodes(layout.Count).Sample(
            open =>
            {
                var closed = NodeSet.Close(layout, open);
                var kept = closed.Nodes().ToHashSet();
                kept.ShouldAllBe(node => open[layout.IndexOf(node)]);
                foreach (var node in kept)
                {
                    Ancestors(node).ShouldAllBe(ancestor => kept.Contains(ancestor));
                    HasChildren(node, kept).ShouldBeTrue(node.ToString());
                }
            },
            iter: 25);
    }

    // With monotony, that closed sets stay themselves makes the closure the largest closed subset.
    [Theory]
    [MemberData(nameof(Models))]
    public void Nothing_is_dropped_that_could_be_kept(string model)
    {
        var layout = RandomGates.WholeLayout(model);
        RandomGates.Nodes(layout.Count).Sample(open =>
        {
            var kept = NodeSet.Close(layout, open).Nodes().ToHashSet();
            foreach (var dropped in Enumerable.Range(0, layout.Count).Where(i => open[i]).Select(i => layout[i]).Where(node => !kept.Contains(node)))
            {
                var wanted = Family(layout, dropped).Where(node => open[layout.IndexOf(node)]).Append(dropped).ToHashSet();
                (Ancestors(dropped).All(wanted.Contains) && HasChildren(dropped, wanted) && Ancestors(dropped).All(ancestor => HasChildren(ancestor, wanted)))
                    .ShouldBeFalse(dropped.ToString());
            }
        });
    }

    [Theory]
    [InlineData("a0 a0.h1 a0.h1.d2", "a0 a0.h1 a0.h1.d2")]
    [InlineData("a0 a0.h1 a0.h2.d2", "")]
    [InlineData("a0.h1 a0.h1.d2", "")]
    [InlineData("a0 a0.h1 a0.h1.d2 a0.h2 a1.h2.d0", "a0 a0.h1 a0.h1.d2")]
    [InlineData("m1 m1.n3 m1.o4", "m1 m1.n3 m1.o4")]
    [InlineData("m1 m1.n3", "")]
    [InlineData("m1 m1.o4", "")]
    [InlineData("m1.n3 m1.o4", "")]
    public void Closure_drops_orphans_and_the_childless(string open, string expected)
    {
        var layout = RandomGates.Layout("llama-gqa");
        string.Join(' ', NodeSet.Close(layout, Flags(layout, open)).Nodes()).ShouldBe(expected);
    }

    [Theory]
    [InlineData("l0 a0 a0.h1 a0.h1.d2", "a0 a0.h1 a0.h1.d2 l0")]
    [InlineData("l1 a0 a0.h1 a0.h1.d2", "")]
    [InlineData("l1 m1 m1.n3 m1.o4 embed", "m1 m1.n3 m1.o4 l1 embed")]
    [InlineData("embed", "embed")]
    public void A_layer_holds_its_blocks_and_needs_one_and_the_embedding_stands_alone(string open, string expected)
    {
        var layout = RandomGates.WholeLayout("llama-gqa");
        var circuit = NodeSet.Close(layout, Flags(layout, open));
        string.Join(' ', circuit.Nodes()).ShouldBe(expected);
        circuit.Counts()[Granularity.Embedding].ShouldBe(open.Contains("embed", StringComparison.Ordinal) ? 1 : 0);
    }

    [Fact]
    public void Counts_are_of_each_granularity_and_layer()
    {
        var layout = RandomGates.Layout("llama-gqa");
        var nodes = NodeSet.Close(layout, Flags(layout, "a0 a0.h1 a0.h1.d2 a0.h1.d3 a1 a1.h0 a1.h0.d0 m1 m1.n3 m1.o4"));

        nodes.Counts().Values.ShouldBe([2, 2, 3, 1, 1, 1]);
        nodes.Count(Granularity.AttentionNeuron, layer: 0).ShouldBe(2);
        nodes.Count(Granularity.MlpBlock, layer: 0).ShouldBe(0);
        nodes.Gates().Sum().ShouldBe(10);
    }

    [Fact]
    public void The_full_set_is_every_node_and_the_empty_one_none()
    {
        var layout = RandomGates.Layout("gpt2");
        NodeSet.Full(layout).Nodes().Count().ShouldBe(layout.Count);
        NodeSet.Full(layout).IsSubsetOf(NodeSet.Empty(layout)).ShouldBeFalse();
        NodeSet.Empty(layout).Nodes().ShouldBeEmpty();
        NodeSet.Empty(layout).Gates().ShouldBe(NodeSet.Close(layout, new bool[layout.Count]).Gates());
    }

    private static bool[] Flags(GateLayout layout, string names)
    {
        var open = new bool[layout.Count];
        foreach (var name in names.Split(' '))
        {
            open[layout.IndexOf(Node.Parse(name))] = true;
        }

        return open;
    }

    private static bool[] Kept(NodeSet nodes) => [.. Enumerable.Range(0, nodes.Layout.Count).Select(i => nodes[i])];

    private static Node[] Ancestors(Node node) => node.Granularity switch
    {
        Granularity.AttentionBlock or Granularity.MlpBlock => [new Node(Granularity.Layer, node.Layer)],
        Granularity.Head => [new Node(Granularity.Layer, node.Layer), new Node(Granularity.AttentionBlock, node.Layer)],
        Granularity.AttentionNeuron => [new Node(Granularity.Layer, node.Layer), new Node(Granularity.AttentionBlock, node.Layer), new Node(Granularity.Head, node.Layer, node.Head)],
        Granularity.MlpHidden or Granularity.MlpOutput => [new Node(Granularity.Layer, node.Layer), new Node(Granularity.MlpBlock, node.Layer)],
        _ => [],
    };

    /// <summary>Whether a parent has what it needs below it; leaves need nothing.</summary>
    private static bool HasChildren(Node node, IReadOnlySet<Node> nodes)
    {
        bool Any(Granularity granularity) => nodes.Any(child => child.Granularity == granularity && Ancestors(child).Contains(node) && HasChildren(child, nodes));
        return node.Granularity switch
        {
            Granularity.AttentionBlock => Any(Granularity.Head),
            Granularity.Head => Any(Granularity.AttentionNeuron),
            Granularity.MlpBlock => Any(Granularity.MlpHidden) && Any(Granularity.MlpOutput),
            Granularity.Layer => Any(Granularity.AttentionBlock) || Any(Granularity.MlpBlock),
            _ => true,
        };
    }

    /// <summary>All nodes of the same layer.</summary>
    private static IEnumerable<Node> Family(GateLayout layout, Node node) =>
        Enumerable.Range(0, layout.Count).Select(i => layout[i]).Where(other => other.Layer == node.Layer && other.Granularity != Granularity.Embedding);
}
