using Nodal.Discovery;
using Nodal.Discovery.Attribution;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Tests.Models;

namespace Nodal.Tests.Discovery.Attribution;

/// <summary>Every attribution by gradients against differences of forward runs, at every kind of node.</summary>
public sealed class GradientAttributionTests
{
    public static TheoryData<string> Models => TinyModels.Names;

    // Along the path the compiled model's ReLUs switch, and so few points do not make the integral.
    public static TheoryData<string, AnswerMetric> ModelsAndMetrics =>
        [.. from name in TinyModels.AllNames where TinyModels.Config(name).Activation != ActivationKind.Relu from metric in Enum.GetValues<AnswerMetric>() select new TheoryDataRow<string, AnswerMetric>(name, metric)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Attribution_patching_is_the_slope_of_the_full_model_at_each_gate(string name)
    {
        using var setting = new AttributionSetting(name, DiscoveryMethod.AttributionPatching, wholeLayout: true);
        var effects = new AttributionPatching().Effects(setting.Scoring);

        foreach (var node in setting.SomeNodes)
        {
            effects[node].ShouldBe(setting.Slope(setting.Open, node).Average(), 1e-6, setting.Layout[node].ToString());
        }

        setting.Parts[^1].ShouldBe(new ScoringProgress(3, 3));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_parents_attribution_is_the_sum_of_its_childrens(string name)
    {
        using var setting = new AttributionSetting(name, DiscoveryMethod.AttributionPatching);
        var (effects, layout) = (new AttributionPatching().Effects(setting.Scoring), setting.Layout);

        for (var layer = 0; layer < layout.Config.Layers; layer++)
        {
            effects[layout.Span(Granularity.Head, layer)].Sum().ShouldBe(effects[layout.Offset(Granularity.AttentionBlock, layer)], 1e-10);
            effects[layout.Span(Granularity.AttentionNeuron, layer)].Sum().ShouldBe(effects[layout.Offset(Granularity.AttentionBlock, layer)], 1e-10);
            effects[layout.Span(Granularity.MlpHidden, layer)].Sum().ShouldBe(effects[layout.Offset(Granularity.MlpBlock, layer)], 1e-10);
            effects[layout.Span(Granularity.MlpOutput, layer)].Sum().ShouldBe(effects[layout.Offset(Granularity.MlpBlock, layer)], 1e-10);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Head_importance_is_the_mean_size_of_the_slopes_of_single_pairs(string name)
    {
        using var setting = new AttributionSetting(name, DiscoveryMethod.Hisp);
        var effects = new HeadImportance().Effects(setting.Scoring);

        foreach (var node in setting.SomeNodes)
        {
            effects[node].ShouldBe(setting.Slope(setting.Open, node).Average(Math.Abs), 1e-6, setting.Layout[node].ToString());
        }
    }

    [Theory]
    [MemberData(nameof(ModelsAndMetrics))]
    public void Integrated_gradients_sum_to_the_difference_between_all_open_and_all_closed(string name, AnswerMetric metric)
    {
        using var setting = new AttributionSetting(name, DiscoveryMethod.IntegratedGradients, new AttributionOptions { Metric = metric, Steps = 200 });
        var effects = new IntegratedGradients().Effects(setting.Scoring);
        var difference = setting.Metric(setting.Open).Average() - setting.Metric(new double[effects.Length]).Average();

        Math.Abs(difference).ShouldBeGreaterThan(0.05);
        effects.Sum().ShouldBe(difference, 2e-3 * Math.Abs(difference));
    }

    [Fact]
    public void Granularities_that_are_off_are_open_all_along_the_path()
    {
        using var whole = new AttributionSetting("llama-gqa", DiscoveryMethod.IntegratedGradients, new AttributionOptions { Steps = 200 });
        var setting = whole.Scoring.With(Granularity.Head, Granularity.MlpBlock);
        var effects = new IntegratedGradients().Effects(setting);
        double[] closed = [.. Enumerable.Range(0, whole.Layout.Count).Select(i => setting.Scored.Contains(whole.Layout[i].Granularity) ? 0.0 : 1.0)];
        var sum = effects.Where((_, i) => closed[i] == 0).Sum();

        sum.ShouldBe(whole.Metric(whole.Open).Average() - whole.Metric(closed).Average(), 2e-3 * Math.Abs(sum));
    }

    [Theory]
    [MemberData(nameof(ModelsAndMetrics))]
    public void One_point_of_the_path_is_the_slope_halfway(string name, AnswerMetric metric)
    {
        using var setting = new AttributionSetting(name, DiscoveryMethod.IntegratedGradients, new AttributionOptions { Metric = metric, Steps = 1 }, wholeLayout: true);
        var effects = new IntegratedGradients().Effects(setting.Scoring);
        var half = Array.ConvertAll(setting.Open, _ => 0.5);

        foreach (var node in setting.SomeNodes)
        {
            effects[node].ShouldBe(setting.Slope(half, node).Average(), 1e-6, setting.Layout[node].ToString());
        }
    }

    [Theory]
    [MemberData(nameof(ModelsAndMetrics))]
    public void Uniform_sampling_is_the_mean_slope_at_the_gates_drawn(string name, AnswerMetric metric)
    {
        using var setting = new AttributionSetting(name, DiscoveryMethod.UniformGradientSampling, new AttributionOptions { Metric = metric, Steps = 2, BatchSize = 99, Seed = 4 });
        var effects = new UniformGradientSampling().Effects(setting.Scoring);
        double[][] draws = [.. Enumerable.Range(0, 2).Select(step =>
        {
            var random = StepRandom.Of(4, step);
            new BatchSampler(setting.Pairs.Length, 99).Next(random);
            return UniformGradientSampling.Draw(setting.Scoring, random);
        })];

        foreach (var node in setting.SomeNodes)
        {
            effects[node].ShouldBe(draws.Average(gates => setting.Slope(gates, node).Average()), 1e-6, setting.Layout[node].ToString());
        }

        draws[0][setting.Layout.Span(Granularity.MlpHidden)].ShouldAllBe(gate => gate > 0 && gate < 1);
        draws[0][setting.Layout.Span(Granularity.Head)].ShouldAllBe(gate => gate == 1);
    }
}
