using Nodal.Gates;
using Nodal.Tests.Models;

namespace Nodal.Tests.Gates;

public sealed class NodeMagnitudesTests
{
    public static TheoryData<string> Models => TinyModels.Names;

    [Theory]
    [MemberData(nameof(Models))]
    public void Nodes_of_a_block_share_all_squares_of_its_weights(string name)
    {
        using var model = TinyModels.Make(name);
        var layout = RandomGates.WholeLayout(name);
        var magnitudes = NodeMagnitudes.Of(layout, model);

        for (var layer = 0; layer < layout.Config.Layers; layer++)
        {
            var weights = model.Weights.Layers[layer];
            static double Squares(params Nodal.Models.LinearMap?[] maps) => maps.Sum(map => map is null ? 0 : map.Weight.square().sum().item<double>());
            var attention = Squares(weights.Query, weights.Key, weights.Value, weights.Output);
            var mlp = Squares(weights.Gate, weights.Up, weights.Down);

            magnitudes[layout.Offset(Granularity.AttentionBlock, layer)].ShouldBe(attention, 1e-9);
            magnitudes[layout.Span(Granularity.Head, layer)].Sum().ShouldBe(attention, 1e-9);
            magnitudes[layout.Span(Granularity.AttentionNeuron, layer)].Sum().ShouldBe(Squares(weights.Value, weights.Output), 1e-9);
            magnitudes[layout.Offset(Granularity.MlpBlock, layer)].ShouldBe(mlp, 1e-9);
            magnitudes[layout.Span(Granularity.MlpHidden, layer)].Sum().ShouldBe(mlp, 1e-9);
            magnitudes[layout.Span(Granularity.MlpOutput, layer)].Sum().ShouldBe(Squares(weights.Down), 1e-9);
            magnitudes[layout.Offset(Granularity.Layer, layer)].ShouldBe(attention + mlp, 1e-9);
        }
    }

    [Fact]
    public void A_hidden_neuron_has_its_rows_and_its_column()
    {
        using var model = TinyModels.Make("llama-gqa");
        var layout = RandomGates.Layout("llama-gqa");
        var weights = model.Weights.Layers[1];
        var expected = weights.Up.Weight[3].square().sum() + weights.Gate!.Weight[3].square().sum() + weights.Down.Weight[TorchSharp.torch.TensorIndex.Colon, 3].square().sum();

        NodeMagnitudes.Of(layout, model)[layout.IndexOf(Node.Parse("m1.n3"))].ShouldBe(expected.item<double>(), 1e-12);
    }
}
