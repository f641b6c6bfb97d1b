using Nodal.Circuits;
using Nodal.Comparison;
using Nodal.Gates;
using Nodal.Tests.Gates;

namespace Nodal.Tests.Comparison;

public sealed class DepthProfileTests
{
    [Fact]
    public void A_circuit_of_the_second_of_two_layers_lies_in_the_last_five_tenths()
    {
        var layout = RandomGates.Layout("llama-gqa");
        var profile = DepthProfile.Of(Circuit(layout, "a1", "a1.h0", "a1.h0.d0"));

        profile.Parameters.Take(5).ShouldAllBe(part => part == 0);
        profile.Parameters.Skip(5).ShouldAllBe(part => Math.Abs(part - 0.2) < 1e-12);
        profile.Kept[Granularity.Head].ShouldBe(1.0 / 8);
        profile.Kept[Granularity.MlpBlock].ShouldBe(0);
    }

    [Fact]
    public void Whole_models_of_any_number_of_layers_lie_alike()
    {
        var (two, three) = (DepthProfile.Of(NodeSet.Full(RandomGates.Layout("llama-gqa"))), DepthProfile.Of(NodeSet.Full(RandomGates.Layout("gpt2"))));

        three.Parameters.ShouldAllBe(part => Math.Abs(part - 0.1) < 1e-12);
        DepthProfile.Overlap(two, three).ShouldBe(1, 1e-12);
        three.Kept.Values.ShouldAllBe(share => share == 1);
    }

    [Fact]
    public void Depths_that_share_no_tenth_do_not_overlap_and_an_empty_circuit_lies_nowhere()
    {
        var layout = RandomGates.WholeLayout("gpt2");
        var first = DepthProfile.Of(Circuit(layout, "l0", "m0", "m0.n0", "m0.o0"));
        var empty = DepthProfile.Of(Circuit(layout, "embed"));

        DepthProfile.Overlap(first, DepthProfile.Of(Circuit(layout, "l2", "m2", "m2.n0", "m2.o0"))).ShouldBe(0);

        // The first of three layers fills three tenths and a third of the fourth; the second the rest of it.
        first.Parameters[2].ShouldBe(0.3, 1e-12);
        DepthProfile.Overlap(first, DepthProfile.Of(Circuit(layout, "l1", "m1", "m1.n0", "m1.o0"))).ShouldBe(0.1, 1e-12);
        empty.Parameters.ShouldAllBe(part => part == 0);
        empty.Kept[Granularity.Embedding].ShouldBe(1);
    }

    private static NodeSet Circuit(GateLayout layout, params string[] nodes)
    {
        var open = new bool[layout.Count];
        foreach (var node in nodes)
        {
            open[layout.IndexOf(Node.Parse(node))] = true;
        }

        return NodeSet.Close(layout, open);
    }
}
