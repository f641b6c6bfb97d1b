using Nodal.Patching;
using Nodal.Patching.Fast;
using Nodal.Tests.Gates;
using Nodal.Tests.Patching.Fast;

namespace Nodal.Tests.Patching;

public sealed class LearnedAblationTests
{
    [Theory]
    [InlineData("llama-gqa", MeanPositions.Classes)]
    [InlineData("llama-biases", MeanPositions.All)]
    [InlineData("gpt2", MeanPositions.Classes)]
    public void Gradients_of_constants_equal_finite_differences(string model, MeanPositions positions)
    {
        const double Step = 1e-5;
        using var setting = new FastSetting(model, AblationKind.Learned, positions: positions);
        var (gates, unused) = (RandomGates.Fixed(setting.Layout.Count, seed: 3), new double[setting.Layout.Count]);
        var constants = setting.Plain.Constants.ShouldNotBeNull();
        setting.Plain.Step(setting.Everything, gates, unused);
        double[] values = [.. constants.Values], gradient = [.. constants.Gradient];

        for (var position = 0; position < gradient.Length; position += 11)
        {
            double LossAt(double moved)
            {
                double[] changed = [.. values];
                changed[position] += moved;
                constants.Set(changed);
                return setting.Plain.Step(setting.Everything, gates, unused);
            }

            gradient[position].ShouldBe((LossAt(Step) - LossAt(-Step)) / (2 * Step), 1e-7, $"constant {position}");
        }

        gradient.Count(value => value != 0).ShouldBeGreaterThan(gradient.Length / 2);
    }

    [Theory]
    [InlineData("llama-gqa", MeanPositions.Classes)]
    [InlineData("llama-gqa", MeanPositions.All)]
    [InlineData("llama-biases", MeanPositions.Classes)]
    [InlineData("gpt2", MeanPositions.Classes)]
    public void The_fast_engine_gives_the_plain_gradient_and_follows_when_constants_are_set(string model, MeanPositions positions)
    {
        using var setting = new FastSetting(model, AblationKind.Learned, positions: positions, wholeLayout: true);
        using var fast = setting.Fast<Float32Element>(workers: 2);
        var (expected, actual) = (setting.Plain.Constants.ShouldNotBeNull(), fast.Constants.ShouldNotBeNull());
        var largest = Largest(setting);
        foreach (var zeros in new[] { 0, 0.5, 0.95, 1 })
        {
            var gates = SparseGates.Make(setting.Layout, zeros, null, seed: 8);
            double[] plainGates = new double[gates.Length], fastGates = new double[gates.Length];
            var kl = setting.Plain.Step(setting.Everything, gates, plainGates);
            fast.Step(setting.Everything, gates, fastGates).ShouldBe(kl, 1e-4 * kl);
            var tolerance = 1e-4 * Math.Max(expected.Gradient.Max(Math.Abs), largest / 5);
            actual.Gradient.Zip(expected.Gradient, (one, other) => Math.Abs(one - other)).Max().ShouldBeLessThan(tolerance, $"{zeros} closed");
            actual.Gradient.Max(Math.Abs).ShouldBePositive();

            // Both are of one ablation: setting one's constants sets the other's.
            double[] moved = [.. actual.Values.ToArray().Zip(actual.Gradient, (value, slope) => value + (slope > 0 ? 0.1 : -0.1))];
            actual.Set(moved);
            expected.Values.ToArray().ShouldBe(moved);
        }
    }

    [Fact]
    public void Moving_constants_against_their_gradient_lowers_the_loss()
    {
        using var setting = new FastSetting("llama-gqa", AblationKind.Learned);
        using var fast = setting.Fast<Float32Element>();
        var constants = fast.Constants.ShouldNotBeNull();
        var (gates, unused) = (SparseGates.Make(setting.Layout, 0.5, null, seed: 8), new double[setting.Layout.Count]);
        var first = fast.Step(setting.Everything, gates, unused);
        for (var step = 0; step < 20; step++)
        {
            constants.Set([.. constants.Values.ToArray().Zip(constants.Gradient, (value, slope) => value - (0.5 * slope))]);
            fast.Step(setting.Everything, gates, unused);
        }

        fast.Step(setting.Everything, gates, unused).ShouldBeLessThan(0.98 * first);
    }

    [Fact]
    public void Steps_leave_no_tensor_behind()
    {
        using var setting = new FastSetting("llama-biases", AblationKind.Learned);
        using var fast = setting.Fast<Float32Element>(workers: 2);
        var gradient = new double[setting.Layout.Count];
        LiveTensors.Settle();
        var live = new List<long>();
        for (var step = 0; step < 30; step++)
        {
            foreach (var engine in new IGateGradient[] { fast, setting.Plain })
            {
                engine.Step(setting.Everything, SparseGates.Make(setting.Layout, step / 30.0, null, step), gradient);
                engine.Constants!.Set(engine.Constants.Values.ToArray());
            }

            live.Add(LiveTensors.Count);
        }

        live[29].ShouldBe(live[10]);
    }

    [Fact]
    public void Other_ablations_have_no_constants_to_train()
    {
        using var setting = new FastSetting("llama-gqa", AblationKind.Mean);
        using var fast = setting.Fast<Float32Element>();
        fast.Constants.ShouldBeNull();
        setting.Plain.Constants.ShouldBeNull();
    }

    private static double Largest(FastSetting setting)
    {
        setting.Plain.Step(setting.Everything, Enumerable.Repeat(0.5, setting.Layout.Count).ToArray(), new double[setting.Layout.Count]);
        return setting.Plain.Constants!.Gradient.Max(Math.Abs);
    }
}
