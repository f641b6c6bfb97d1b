using CsCheck;
using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Tests.Models;
using static TorchSharp.torch;

namespace Nodal.Tests.Gates;

public sealed class SizeAccountTests
{
    public static TheoryData<string> Models => TinyModels.Names;

    [Theory]
    [MemberData(nameof(Models))]
    public void Size_is_monotone_in_every_gate(string model)
    {
        var layout = RandomGates.WholeLayout(model);
        var account = new SizeAccount(layout);
        Gen.Select(RandomGates.Soft(layout.Count), Gen.Int[0, layout.Count - 1], Gen.Double[0, 1]).Sample((gates, position, higher) =>
        {
            var before = account.Parameters(gates);
            gates[position] = Math.Max(gates[position], higher);
            account.Parameters(gates).ShouldBeGreaterThanOrEqualTo(before - (1e-12 * account.Total));
        });
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Size_is_linear_in_each_gate_alone(string model)
    {
        var layout = RandomGates.WholeLayout(model);
        var account = new SizeAccount(layout);
        Gen.Select(RandomGates.Soft(layout.Count), Gen.Int[0, layout.Count - 1]).Sample((gates, position) =>
        {
            double At(double gate)
            {
                gates[position] = gate;
                return account.Parameters(gates);
            }

            At(0.3).ShouldBe((0.7 * At(0)) + (0.3 * At(1)), 1e-9 * account.Total);
        });
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Gradient_equals_finite_differences(string model)
    {
        var layout = RandomGates.WholeLayout(model);
        var account = new SizeAccount(layout);
        RandomGates.Soft(layout.Count).Sample(
            gates =>
            {
                var gradient = new double[layout.Count];
                account.Gradient(gates, gradient);
                for (var i = 0; i < gates.Length; i++)
                {
                    var gate = gates[i];
                    gates[i] = 1;
                    var open = account.Parameters(gates);
                    gates[i] = 0;
                    var closed = account.Parameters(gates);
                    gates[i] = gate;
                    gradient[i].ShouldBe(open - closed, 1e-9 * account.Total, layout[i].ToString());
                }
            },
            iter: 20);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void All_open_is_every_parameter_of_the_blocks(string model)
    {
        var layout = RandomGates.Layout(model);
        var account = new SizeAccount(layout);
        using var weights = TinyModels.Weights(layout.Config, ScalarType.Float32, seed: 1);
        var stored = weights.Layers.SelectMany(Maps).Sum(map => map.Weight.numel() + (map.Bias?.numel() ?? 0));

        account.Total.ShouldBe(stored);
        account.Parameters(NodeSet.Full(layout).Gates()).ShouldBe(stored);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_layers_gate_multiplies_its_blocks_and_the_embeddings_counts_nothing(string model)
    {
        var (plain, whole) = (RandomGates.Layout(model), RandomGates.WholeLayout(model));
        RandomGates.Soft(whole.Count).Sample(gates =>
        {
            var folded = gates[..plain.Count];
            for (var layer = 0; layer < plain.Config.Layers; layer++)
            {
                folded[plain.Offset(Granularity.AttentionBlock, layer)] *= gates[whole.Offset(Granularity.Layer, layer)];
                folded[plain.Offset(Granularity.MlpBlock, layer)] *= gates[whole.Offset(Granularity.Layer, layer)];
            }

            new SizeAccount(whole).Parameters(gates).ShouldBe(new SizeAccount(plain).Parameters(folded), 1e-9 * new SizeAccount(plain).Total);
        });
        new SizeAccount(whole).Total.ShouldBe(new SizeAccount(plain).Total);
    }

    [Fact]
    public void All_closed_is_nothing()
    {
        var layout = RandomGates.Layout("gpt2");
        new SizeAccount(layout).Parameters(new double[layout.Count]).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Size_of_a_closed_set_is_the_count_of_what_remains_of_the_weights(string model)
    {
        var layout = RandomGates.Layout(model);
        var account = new SizeAccount(layout);
        using var weights = TinyModels.Weights(layout.Config, ScalarType.Float32, seed: 1);
        RandomGates.Nodes(layout.Count).Sample(
            open =>
            {
                var circuit = NodeSet.Close(layout, open);
                account.Parameters(circuit.Gates()).ShouldBe(ShrunkCount.Of(circuit, weights), 1e-6);
            },
            iter: 40, threads: 1);
    }

    // Heads 0 and 1 share a K/V head: Q is counted for each, K once, a V column once whichever of them reads it.
    [Theory]
    [InlineData("a0.h0 a0.h0.d1", 4 * 12 + 4 * 12 + 12 + 12)]
    [InlineData("a0.h0 a0.h0.d1 a0.h1 a0.h1.d1", (2 * 4 * 12) + (4 * 12) + 12 + (2 * 12))]
    [InlineData("a0.h0 a0.h0.d1 a0.h1 a0.h1.d2", (2 * 4 * 12) + (4 * 12) + (2 * 12) + (2 * 12))]
    [InlineData("a0.h0 a0.h0.d1 a0.h2 a0.h2.d1", 2 * ((4 * 12) + (4 * 12) + 12 + 12))]
    public void Heads_of_a_group_share_keys_and_values(string nodes, long expected)
    {
        var layout = RandomGates.Layout("llama-gqa");
        var gates = new double[layout.Count];
        foreach (var name in nodes.Split(' ').Append("a0"))
        {
            gates[layout.IndexOf(Node.Parse(name))] = 1;
        }

        new SizeAccount(layout).Parameters(gates).ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Size_and_gradient_have_the_same_bits_wherever_the_gates_stand_in_memory(string model)
    {
        var layout = RandomGates.Layout(model);
        var account = new SizeAccount(layout);
        Gen.Select(RandomGates.Soft(layout.Count), Gen.Int[1, 9]).Sample((gates, shift) =>
        {
            var (moved, gradient, movedGradient) = (new double[layout.Count + shift], new double[layout.Count], new double[layout.Count + shift]);
            gates.CopyTo(moved, shift);
            movedGradient.AsSpan().Fill(7);
            account.Gradient(gates, gradient);
            account.Gradient(moved.AsSpan(shift), movedGradient.AsSpan(shift));

            account.Parameters(moved.AsSpan(shift)).ShouldBe(account.Parameters(gates));
            movedGradient[shift..].ShouldBe(gradient);
            movedGradient[..shift].ShouldAllBe(value => value == 7);
        });
    }

    private static IEnumerable<LinearMap> Maps(LayerWeights layer) =>
        new[] { layer.Query, layer.Key, layer.Value, layer.Output, layer.Gate, layer.Up, layer.Down }.OfType<LinearMap>();
}
