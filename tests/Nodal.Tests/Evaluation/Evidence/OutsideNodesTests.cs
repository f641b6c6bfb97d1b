using CsCheck;
using Nodal.Circuits;
using Nodal.Evaluation.Evidence;
using Nodal.Gates;
using Nodal.Tests.Gates;

namespace Nodal.Tests.Evaluation.Evidence;

public sealed class OutsideNodesTests
{
    private static readonly Granularity[] Parts = [Granularity.AttentionBlock, Granularity.Head, Granularity.MlpBlock];

    [Fact]
    public void What_is_added_is_of_one_head_or_block_and_no_larger_than_a_kept_one()
    {
        var layout = RandomGates.Layout("llama-gqa");
        Gen.Select(RandomGates.Nodes(layout.Count), Gen.Int[0, 2], Gen.Int[0, 1000]).Sample((open, kind, seed) =>
        {
            var part = Parts[kind];
            var circuit = NodeSet.Close(layout, open);
            var outside = new OutsideNodes(circuit, part);
            if (!outside.Any)
            {
                return;
            }

            var added = outside.Added(new Random(seed));
            var leaves = added.Nodes().Except(circuit.Nodes()).Where(node => node.Granularity is Granularity.AttentionNeuron or Granularity.MlpHidden or Granularity.MlpOutput).ToArray();

            circuit.IsSubsetOf(added).ShouldBeTrue();
            leaves.ShouldNotBeEmpty();
            leaves.Select(node => (node.Layer, part == Granularity.Head ? node.Head : 0)).Distinct().Count().ShouldBe(1);
            var largest = Enumerable.Range(0, layout.Config.Layers).SelectMany(layer => part switch
            {
                Granularity.Head => Enumerable.Range(0, layout.Config.Heads).Select(head => circuit.Nodes().Count(node => node.Granularity == Granularity.AttentionNeuron && (node.Layer, node.Head) == (layer, head))),
                Granularity.AttentionBlock => [circuit.Count(Granularity.AttentionNeuron, layer)],
                _ => [circuit.Count(Granularity.MlpHidden, layer) + circuit.Count(Granularity.MlpOutput, layer)],
            }).Max();
            leaves.Length.ShouldBeLessThanOrEqualTo(largest);
        });
    }

    [Fact]
    public void A_circuit_that_is_all_of_the_model_or_nothing_has_nothing_to_be_added()
    {
        foreach (var part in Parts)
        {
            new OutsideNodes(NodeSet.Full(TableSetting.Layout), part).Any.ShouldBeFalse();
            new OutsideNodes(TableSetting.Circuit(), part).Any.ShouldBeFalse();
        }
    }

    [Fact]
    public void A_head_outside_is_opened_with_its_block()
    {
        var circuit = TableSetting.Circuit("a1.h1");
        var outside = new OutsideNodes(circuit, Granularity.Head);
        var random = new Random(2);
        var heads = Enumerable.Range(0, 200).Select(_ => outside.Added(random)).ToArray();

        heads.ShouldAllBe(added => added.Count(Granularity.Head) == 2 && added.Count(Granularity.AttentionNeuron) == 8);
        heads.Select(added => added.Positions(Granularity.Head).Single(position => !circuit[position])).Distinct().Count().ShouldBe(8, "every head outside");
    }
}
