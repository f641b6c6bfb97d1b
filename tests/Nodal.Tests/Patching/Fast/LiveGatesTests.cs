using Nodal.Gates;
using Nodal.Patching;
using Nodal.Patching.Fast;
using Nodal.Tests.Models;

namespace Nodal.Tests.Patching.Fast;

/// <summary>Gates that are 0 and have a gradient all the same.</summary>
public sealed class LiveGatesTests
{
    public static TheoryData<string> Models { get; } = [.. TinyModels.AllNames];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_closed_gate_that_is_live_has_the_plain_gradient(string model)
    {
        using var setting = new FastSetting(model);
        using var fast = setting.Fast<Float32Element>();
        foreach (var zeros in new[] { 0.5, 0.95, 1 })
        {
            var gates = GateValues.AllLive(SparseGates.Make(setting.Layout, zeros, null, seed: 6));
            var (expected, actual) = (new double[setting.Layout.Count], new double[setting.Layout.Count]);
            var kl = setting.Plain.Step(setting.Everything, gates, expected);

            fast.Step(setting.Everything, gates, actual).ShouldBe(kl, 1e-4 * kl);

            var largest = Math.Max(expected.Max(Math.Abs), setting.LargestHalfOpenGradient / 5);
            Enumerable.Range(0, actual.Length).Max(i => Math.Abs(actual[i] - expected[i])).ShouldBeLessThan(1e-4 * largest);
        }
    }

    [Fact]
    public void What_is_not_live_changes_nothing_of_what_is()
    {
        using var setting = new FastSetting("llama-gqa");
        using var fast = setting.Fast<Float32Element>();
        var random = new Random(4);
        var values = SparseGates.Make(setting.Layout, 0.7, null, seed: 6);
        var live = Array.ConvertAll(values, value => value != 0 || random.NextDouble() < 0.4);
        var (all, some) = (new double[values.Length], new double[values.Length]);
        var kl = fast.Step(setting.Everything, GateValues.AllLive(values), all);

        fast.Step(setting.Everything, new GateValues(values, live), some).ShouldBe(kl, 1e-4 * kl);

        // A parent gets the share of its live children, which is all of it: the others are 0.
        var largest = all.Max(Math.Abs);
        foreach (var node in Enumerable.Range(0, values.Length).Where(i => LiveToTheTop(setting.Layout, live, i)))
        {
            some[node].ShouldBe(all[node], 1e-4 * largest, setting.Layout[node].ToString());
        }
    }

    [Fact]
    public void A_closed_gate_has_the_slope_of_opening_it()
    {
        using var setting = new FastSetting("gpt2");
        const double step = 1e-5;
        foreach (var granularity in GateLayout.All)
        {
            var values = SparseGates.Make(setting.Layout, 0.5, granularity, seed: 9);
            var (gradient, unused) = (new double[values.Length], new double[values.Length]);
            setting.Plain.Step(setting.Everything, GateValues.AllLive(values), gradient);
            var node = Enumerable.Range(0, values.Length).Take(setting.Layout.Span(granularity)).Where(i => values[i] == 0).MaxBy(i => Math.Abs(gradient[i]));
            double At(double value)
            {
                var moved = (double[])values.Clone();
                moved[node] = value;
                return setting.Plain.Step(setting.Everything, GateValues.AllLive(moved), unused);
            }

            gradient[node].ShouldNotBe(0, setting.Layout[node].ToString());
            gradient[node].ShouldBe((At(step) - At(-step)) / (2 * step), Math.Max(1e-3 * Math.Abs(gradient[node]), 1e-9), setting.Layout[node].ToString());
        }
    }

    private static bool LiveToTheTop(GateLayout layout, bool[] live, int position)
    {
        var node = layout[position];
        bool Of(Granularity granularity, int index) => live[layout.Offset(granularity, node.Layer) + index];
        return live[position] && node.Granularity switch
        {
            Granularity.AttentionNeuron => Of(Granularity.Head, node.Head) && Of(Granularity.AttentionBlock, 0),
            Granularity.Head => Of(Granularity.AttentionBlock, 0),
            Granularity.MlpHidden or Granularity.MlpOutput => Of(Granularity.MlpBlock, 0),
            _ => true,
        };
    }
}
