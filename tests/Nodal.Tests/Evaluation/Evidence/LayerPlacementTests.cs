using Nodal.Circuits;
using Nodal.Evaluation.Evidence;
using Nodal.Gates;
using Nodal.Tests.Gates;

namespace Nodal.Tests.Evaluation.Evidence;

public sealed class LayerPlacementTests
{
    // gpt2 of the tests: width 12, three heads of 4, 14 hidden neurons, biases everywhere. A head: 3 · 4 · 13 + 4 · 12 = 204, and 12 of the output bias; an MLP: 14 · 13 + 14 · 12 + 12 = 362.
    private const int Head = 204;
    private const int Bias = 12;
    private const int Mlp = 362;
    private const int Layer = (3 * Head) + Bias + Mlp;

    [Fact]
    public void Sizes_of_the_layers_are_those_of_their_heads_and_blocks()
    {
        var (setting, _) = TableSetting.Make(TableSetting.Circuit("a0.h1", "a2.h0", "a2.h2", "m2"), _ => 1);

        var layers = LayerPlacement.Of(setting).Layers;

        layers.Select(layer => layer.Parameters).ShouldBe([Head + Bias, 0, (2 * Head) + Bias + Mlp]);
        layers.Select(layer => layer.Size).ShouldBe([(double)(Head + Bias) / Layer, 0, (double)((2 * Head) + Bias + Mlp) / Layer], 1e-12);
        layers.Select(layer => layer.CircuitShare).ShouldBe([216.0 / 998, 0, 782.0 / 998], 1e-12);
        layers.Select(layer => layer.Nodes[Granularity.Head]).ShouldBe([1, 0, 2]);
        layers[2].Nodes[Granularity.MlpHidden].ShouldBe(14);
    }

    /// <summary>KL is 1, less .7 where the first layer's MLP is there and .2 where the last one's is: that is what opening them brings.</summary>
    [Fact]
    public void Opening_a_third_shows_what_the_circuit_lacks_there()
    {
        static double Kl(NodeSet circuit) => 1 - (TableSetting.Has(circuit, "m0") ? 0.7 : 0) - (TableSetting.Has(circuit, "m2") ? 0.2 : 0);
        var (setting, runner) = TableSetting.Make(TableSetting.Circuit("a0.h1", "m2"), circuit => circuit.Nodes().Any() ? 2 : 0, Kl);

        var evidence = LayerPlacement.Of(setting);

        evidence.ForcedOpen.Select(third => (third.Third, third.FirstLayer, third.LastLayer)).ShouldBe([(ModelThird.Early, 0, 0), (ModelThird.Middle, 1, 1), (ModelThird.Late, 2, 2)]);
        evidence.ForcedOpen.Select(third => third.KlDrop.Value).ShouldBe([0.7 * TableSetting.MeanFactor(8), 0, 0], 1e-12);
        evidence.ForcedOpen.Select(third => third.Result.Kl).ShouldBe([0.1 * TableSetting.MeanFactor(8), 0.8 * TableSetting.MeanFactor(8), 0.8 * TableSetting.MeanFactor(8)], 1e-12);
        evidence.ForcedOpen.Select(third => third.Result.Parameters).ShouldBe([Layer + Mlp, Head + Bias + Layer + Mlp, Head + Bias + Layer]);
        evidence.ForcedOpen.Select(third => third.CircuitSize).ShouldBe([(double)(Head + Bias) / Layer, 0, (double)Mlp / Layer], 1e-12);
        evidence.Runs.ShouldBe(3);
        runner.Ran.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(1, "Late 0-0")]
    [InlineData(2, "Middle 0-0, Late 1-1")]
    [InlineData(5, "Early 0-0, Middle 1-2, Late 3-4")]
    [InlineData(30, "Early 0-9, Middle 10-19, Late 20-29")]
    public void Thirds_hold_every_layer_once(int layers, string expected) =>
        string.Join(", ", LayerPlacement.Thirds(layers).Select(third => $"{third.Third} {third.First}-{third.Last}")).ShouldBe(expected);

    [Fact]
    public void The_embedding_belongs_to_no_third()
    {
        var layout = RandomGates.WholeLayout("gpt2");
        var circuit = NodeSet.Close(layout, [.. Enumerable.Range(0, layout.Count).Select(position => layout[position].Granularity != Granularity.Embedding && layout[position].Layer == 1)]);
        var (setting, runner) = TableSetting.Make(circuit, _ => 1);

        LayerPlacement.Of(setting).Layers.ShouldAllBe(layer => !layer.Nodes.ContainsKey(Granularity.Embedding));

        runner.Ran.ShouldAllBe(ran => ran.Circuit.Count(Granularity.Embedding) == 0);
    }
}
