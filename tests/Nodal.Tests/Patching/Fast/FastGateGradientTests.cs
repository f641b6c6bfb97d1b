using Nodal.Gates;
using Nodal.Patching;
using Nodal.Patching.Fast;
using Nodal.Tests.Models;

namespace Nodal.Tests.Patching.Fast;

public sealed class FastGateGradientTests
{
    public static TheoryData<string, Granularity?, double> Sparsities
    {
        get
        {
            var data = new TheoryData<string, Granularity?, double>();
            foreach (var model in TinyModels.AllNames)
            {
                foreach (var granularity in GateLayout.All.Select(granularity => (Granularity?)granularity).Append(null))
                {
                    foreach (var zeros in new[] { 0, 0.5, 0.95, 1 })
                    {
                        data.Add(model, granularity, zeros);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Sparsities))]
    public void In_float32_it_is_the_plain_gradient(string model, Granularity? granularity, double zeros)
    {
        using var setting = new FastSetting(model);
        using var fast = setting.Fast<Float32Element>();
        ShouldAgree(setting, fast, SparseGates.Make(setting.Layout, zeros, granularity, seed: 5), 1e-4);
    }

    [Theory]
    [MemberData(nameof(Sparsities))]
    public void In_bfloat16_it_is_near_it(string model, Granularity? granularity, double zeros)
    {
        using var setting = new FastSetting(model);
        using var fast = setting.Fast<BFloat16Element>();
        ShouldAgree(setting, fast, SparseGates.Make(setting.Layout, zeros, granularity, seed: 5), 3e-2);
    }

    [Theory]
    [InlineData("llama-gqa", AblationKind.Mean)]
    [InlineData("llama-gqa", AblationKind.Zero)]
    [InlineData("llama-biases", AblationKind.Mean)]
    [InlineData("llama-biases", AblationKind.Zero)]
    [InlineData("gpt2", AblationKind.Mean)]
    [InlineData("gpt2", AblationKind.Zero)]
    [InlineData("compiled", AblationKind.Mean)]
    [InlineData("compiled", AblationKind.Zero)]
    [InlineData("compiled", AblationKind.Learned)]
    [InlineData("llama-gqa", AblationKind.Learned)]
    [InlineData("llama-biases", AblationKind.Learned)]
    [InlineData("gpt2", AblationKind.Learned)]
    public void Constants_are_ablated_with_as_the_plain_engine_does(string model, AblationKind ablation)
    {
        using var setting = new FastSetting(model, ablation);
        using var fast = setting.Fast<Float32Element>();
        foreach (var zeros in new[] { 0, 0.5, 0.95, 1 })
        {
            ShouldAgree(setting, fast, SparseGates.Make(setting.Layout, zeros, null, seed: 8), 1e-4);
        }
    }

    [Theory]
    [InlineData("llama-gqa")]
    [InlineData("gpt2")]
    public void One_mean_for_all_positions_is_ablated_with_as_the_plain_engine_does(string model)
    {
        using var setting = new FastSetting(model, AblationKind.Mean, positions: MeanPositions.All);
        using var fast = setting.Fast<Float32Element>();
        ShouldAgree(setting, fast, SparseGates.Make(setting.Layout, 0.5, null, seed: 8), 1e-4);
    }

    [Fact]
    public void Closed_hidden_neurons_under_open_outputs_leave_the_bias_to_be_gated()
    {
        using var setting = new FastSetting("gpt2", AblationKind.Zero);
        using var fast = setting.Fast<Float32Element>();
        foreach (var granularity in new[] { Granularity.MlpHidden, Granularity.Head })
        {
            ShouldAgree(setting, fast, SparseGates.Make(setting.Layout, 1, granularity, seed: 8), 1e-4);
        }
    }

    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void The_whole_model_has_no_divergence_and_no_gradient(string model)
    {
        using var setting = new FastSetting(model);
        using var fast = setting.Fast<Float32Element>();
        var gradient = new double[setting.Layout.Count];
        fast.Step(setting.Everything, Enumerable.Repeat(1.0, gradient.Length).ToArray(), gradient).ShouldBe(0, 1e-6);
        gradient.ShouldAllBe(value => Math.Abs(value) < 1e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Kept_mapped_and_recomputed_activations_give_the_same_bits_on_any_number_of_threads(int workers)
    {
        using var setting = new FastSetting("llama-gqa");
        var file = Path.Combine(Path.GetTempPath(), $"nodal-{Guid.NewGuid()}.bin");
        using var kept = setting.Fast<Float32Element>(keep: true, workers);
        using var recomputed = setting.Fast<Float32Element>(keep: false, workers);
        var gates = SparseGates.Make(setting.Layout, 0.5, null, seed: 2);
        double[] one = new double[gates.Length], other = new double[gates.Length], again = new double[gates.Length];
        int[] batch = [0, 2, 3, 5, 8, 11, 12];

        var kl = kept.Step(batch, gates, one);
        recomputed.Step(batch, gates, other).ShouldBe(kl);
        kept.Step(batch, gates, again).ShouldBe(kl);
        other.ShouldBe(one);
        again.ShouldBe(one);
        using (var mapped = setting.Fast<Float32Element>(keep: true, workers, file))
        {
            File.Exists(file).ShouldBeTrue();
            mapped.Step(batch, gates, again).ShouldBe(kl);
            again.ShouldBe(one);
        }

        File.Exists(file).ShouldBeFalse();
        ShouldAgree(setting, kept, gates, 1e-4);
    }

    [Fact]
    public void Steps_leave_no_tensor_behind()
    {
        using var setting = new FastSetting("llama-biases");
        using var fast = setting.Fast<BFloat16Element>(keep: true, workers: 2);
        var gradient = new double[setting.Layout.Count];
        LiveTensors.Settle();
        var live = new List<long>();
        for (var step = 0; step < 100; step++)
        {
            fast.Step(setting.Everything, SparseGates.Make(setting.Layout, step / 100.0, null, step), gradient);
            live.Add(LiveTensors.Count);
        }

        live[99].ShouldBe(live[10]);
    }

    private static void ShouldAgree(FastSetting setting, IGateGradient fast, double[] gates, double tolerance)
    {
        var (expected, actual) = (new double[gates.Length], new double[gates.Length]);
        var plainKl = setting.Plain.Step(setting.Everything, gates, expected);
        var fastKl = fast.Step(setting.Everything, gates, actual);

        fastKl.ShouldBe(plainKl, tolerance * plainKl);

        // Where no gate has a gradient, what rounding leaves is compared with a fifth of what half-open gates have.
        var largest = Math.Max(expected.Max(Math.Abs), setting.LargestHalfOpenGradient / 5);
        for (var i = 0; i < gates.Length; i++)
        {
            if (gates[i] != 0)
            {
                actual[i].ShouldBe(expected[i], tolerance * largest, setting.Layout[i].ToString());
            }
        }
    }
}
