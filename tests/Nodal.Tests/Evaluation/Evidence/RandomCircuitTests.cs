using CsCheck;
using Nodal.Circuits;
using Nodal.Evaluation.Evidence;
using Nodal.Gates;
using Nodal.Tests.Gates;

namespace Nodal.Tests.Evaluation.Evidence;

public sealed class RandomCircuitTests
{
    [Theory]
    [InlineData("gpt2")]
    [InlineData("llama-gqa")]
    public void It_has_as_many_nodes_of_each_granularity_in_each_layer(string model)
    {
        var layout = RandomGates.WholeLayout(model);
        Gen.Select(RandomGates.Nodes(layout.Count), Gen.Int[0, 1000]).Sample((open, seed) =>
        {
            var circuit = NodeSet.Close(layout, open);
            var random = RandomCircuit.Like(circuit, new Random(seed));

            foreach (var granularity in layout.Granularities.Where(granularity => granularity != Granularity.Embedding))
            {
                for (var layer = 0; layer < layout.Config.Layers; layer++)
                {
                    random.Count(granularity, layer).ShouldBe(circuit.Count(granularity, layer), $"{granularity} of layer {layer}");
                }
            }

            random.Count(Granularity.Embedding).ShouldBe(circuit.Count(Granularity.Embedding));
        });
    }

    [Fact]
    public void Without_shared_keys_and_values_it_has_as_many_parameters()
    {
        var layout = RandomGates.Layout("gpt2");
        var account = new SizeAccount(layout);
        Gen.Select(RandomGates.Nodes(layout.Count), Gen.Int[0, 1000]).Sample((open, seed) =>
        {
            var circuit = NodeSet.Close(layout, open);
            account.Parameters(RandomCircuit.Like(circuit, new Random(seed)).Gates()).ShouldBe(account.Parameters(circuit.Gates()), 1e-9);
        });
    }

    // A third of the draws of one head of three is the head itself: 40 of 60 are others, give or take 5 standard deviations of 3.7.
    [Fact]
    public void The_circuit_itself_is_no_other_and_where_there_is_nothing_to_draw_there_is_none()
    {
        var circuit = TableSetting.Circuit("a0.h0");
        var others = RandomCircuit.Others(circuit, 60, seed: 1);

        others.Length.ShouldBeInRange(22, 58);
        others.ShouldAllBe(other => !other.SameAs(circuit));
        RandomCircuit.Others(TableSetting.Circuit("a0.h0", "a0.h1", "a0.h2", "m1"), 60, seed: 1).ShouldBeEmpty("all heads of a layer, and a block");
    }

    // One head of three and one of its four neurons, in each of three layers: every neuron in 1 of 12 draws.
    [Fact]
    public void Every_neuron_is_drawn_equally_often()
    {
        var circuit = TableSetting.Circuit("a0.h0").Without([.. Enumerable.Range(1, 3).Select(d => TableSetting.Layout.IndexOf(Node.Parse($"a0.h0.d{d}")))]);
        var random = new Random(5);
        var drawn = Enumerable.Range(0, 6000).Select(_ => RandomCircuit.Like(circuit, random).Positions(Granularity.AttentionNeuron).Single()).CountBy(position => position).ToArray();

        drawn.Length.ShouldBe(12);
        drawn.ShouldAllBe(entry => Math.Abs(entry.Value - 500) < 110);   // 5 standard deviations of 21.4
    }
}
