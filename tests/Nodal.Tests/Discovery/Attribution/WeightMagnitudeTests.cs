using Nodal.Discovery;
using Nodal.Discovery.Attribution;
using Nodal.Gates;
using Nodal.Tests.Models;

namespace Nodal.Tests.Discovery.Attribution;

public sealed class WeightMagnitudeTests
{
    public static TheoryData<string> Models => TinyModels.Names;

    [Theory]
    [MemberData(nameof(Models))]
    public void Nodes_of_a_block_share_all_squares_of_its_weights(string name)
    {
        using var setting = new AttributionSetting(name, DiscoveryMethod.Magnitude, wholeLayout: true);
        var (effects, layout) = (new WeightMagnitude().Effects(setting.Scoring), setting.Layout);

        for (var layer = 0; layer < layout.Config.Layers; layer++)
        {
            var weights = setting.Model.Weights.Layers[layer];
            static double Squares(params Nodal.Models.LinearMap?[] maps) => maps.Sum(map => map is null ? 0 : map.Weight.square().sum().item<double>());
            var attention = Squares(weights.Query, weights.Key, weights.Value, weights.Output);
            var mlp = Squares(weights.Gate, weights.Up, weights.Down);

            effects[layout.Offset(Granularity.AttentionBlock, layer)].ShouldBe(attention, 1e-9);
            effects[layout.Span(Granularity.Head, layer)].Sum().ShouldBe(attention, 1e-9);
            effects[layout.Span(Granularity.AttentionNeuron, layer)].Sum().ShouldBe(Squares(weights.Value, weights.Output), 1e-9);
            effects[layout.Offset(Granularity.MlpBlock, layer)].ShouldBe(mlp, 1e-9);
            effects[layout.Span(Granularity.MlpHidden, layer)].Sum().ShouldBe(mlp, 1e-9);
            effects[layout.Span(Granularity.MlpOutput, layer)].Sum().ShouldBe(Squares(weights.Down), 1e-9);
            effects[layout.Offset(Granularity.Layer, layer)].ShouldBe(attention + mlp, 1e-9);
        }
    }

    [Fact]
    public void A_hidden_neuron_has_its_rows_and_its_column()
    {
        using var setting = new AttributionSetting("llama-gqa", DiscoveryMethod.Magnitude);
        var weights = setting.Model.Weights.Layers[1];
        var expected = weights.Up.Weight[3].square().sum() + weights.Gate!.Weight[3].square().sum() + weights.Down.Weight[TorchSharp.torch.TensorIndex.Colon, 3].square().sum();

        new WeightMagnitude().Effects(setting.Scoring)[setting.Layout.IndexOf(Node.Parse("m1.n3"))].ShouldBe(expected.item<double>(), 1e-12);
    }
}
