using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Tests.Gates;

namespace Nodal.Tests.Circuits;

public sealed class CircuitOverlapTests
{
    private static readonly GateLayout Layout = RandomGates.Layout("llama-gqa");

    [Fact]
    public void The_overlap_is_what_both_keep_over_what_either_keeps()
    {
        // Heads {a0.h0, a0.h1, a1.h2} and {a0.h1, a1.h2, a1.h3}: 2 of 4. Attention neurons {4} and {3}, 2 in common: 2 of 5.
        var one = Circuit("a0.h0.d0", "a0.h0.d1", "a0.h1.d3", "a1.h2.d0");
        var other = Circuit("a0.h1.d3", "a1.h2.d0", "a1.h3.d2");

        CircuitOverlap.Jaccard(one, other, Granularity.Head).ShouldBe(2.0 / 4);
        CircuitOverlap.Jaccard(one, other, Granularity.AttentionNeuron).ShouldBe(2.0 / 5);
        CircuitOverlap.Jaccard(one, other, Granularity.AttentionBlock).ShouldBe(1);
        CircuitOverlap.Jaccard(other, one, Granularity.AttentionNeuron).ShouldBe(2.0 / 5);
    }

    [Fact]
    public void Circuits_that_keep_nothing_of_a_granularity_agree_on_it_and_one_alone_does_not()
    {
        var without = Circuit("a0.h0.d0");
        var with = Circuit("a0.h0.d0", "m1.n2", "m1.o3");

        CircuitOverlap.Jaccard(without, without, Granularity.MlpHidden).ShouldBe(1);
        CircuitOverlap.Jaccard(without, with, Granularity.MlpHidden).ShouldBe(0);
    }

    [Fact]
    public void Of_several_circuits_the_mean_and_the_worst_pair_are_given()
    {
        // Heads {0, 1}, {0}, {0, 2} of layer 0: 1/2, 1/3, 1/2.
        var overlaps = CircuitOverlap.Of([Circuit("a0.h0.d0", "a0.h1.d0"), Circuit("a0.h0.d0"), Circuit("a0.h0.d0", "a0.h2.d0")]);

        overlaps[Granularity.Head].Mean.ShouldBe(4.0 / 9, 1e-12);
        overlaps[Granularity.Head].Worst.ShouldBe(1.0 / 3, 1e-12);
        overlaps[Granularity.AttentionBlock].ShouldBe(new Overlap(1, 1));
        overlaps.Keys.ShouldBe(GateLayout.All);
    }

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
