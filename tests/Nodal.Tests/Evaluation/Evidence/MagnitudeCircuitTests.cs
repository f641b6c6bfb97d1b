using Nodal.Circuits;
using Nodal.Evaluation.Evidence;
using Nodal.Gates;
using Nodal.Tests.Gates;
using Nodal.Tests.Models;
using static TorchSharp.torch;

namespace Nodal.Tests.Evaluation.Evidence;

public sealed class MagnitudeCircuitTests
{
    [Fact]
    public void It_has_as_many_nodes_of_each_granularity_in_each_layer()
    {
        foreach (var name in TinyModels.AllNames)
        {
            using var model = TinyModels.Make(name);
            var layout = new GateLayout(model.Config);
            var circuit = new Ranking(layout, RandomGates.Fixed(layout.Count, seed: 4)).AtSize(0.3);

            var largest = MagnitudeCircuit.Like(circuit, model);

            foreach (var granularity in layout.Granularities)
            {
                Enumerable.Range(0, layout.Config.Layers).ShouldAllBe(layer => largest.Count(granularity, layer) == circuit.Count(granularity, layer));
            }
        }
    }

    // Head 2, its neuron 3, hidden neuron 5 and output 7 of layer 0 are made a hundred times as large as all others.
    [Fact]
    public void It_has_the_nodes_with_the_largest_weights()
    {
        using var model = TinyModels.Make("gpt2");
        var weights = model.Weights.Layers[0];
        using (no_grad())
        {
            weights.Query.Weight.narrow(0, 8, 4).mul_(100);
            weights.Output.Weight.narrow(1, 11, 1).mul_(100);
            weights.Up.Weight.narrow(0, 5, 1).mul_(100);
            weights.Down.Weight.narrow(0, 7, 1).mul_(100);
        }

        var layout = TableSetting.Layout;
        string[] wanted = ["a0", "a0.h0", "a0.h0.d0", "m0", "m0.n0", "m0.o0"];
        var circuit = NodeSet.Close(layout, [.. Enumerable.Range(0, layout.Count).Select(position => wanted.Contains(layout[position].ToString()))]);

        MagnitudeCircuit.Like(circuit, model).Nodes().Select(node => node.ToString()).ShouldBe(["a0", "a0.h2", "a0.h2.d3", "m0", "m0.n5", "m0.o7"], ignoreOrder: true);
    }
}
