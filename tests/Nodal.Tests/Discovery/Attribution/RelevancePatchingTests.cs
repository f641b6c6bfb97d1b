using Nodal.Discovery;
using Nodal.Discovery.Attribution;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Tests.Gates;
using Nodal.Tests.Models;
using Nodal.Tests.Patching;
using static TorchSharp.torch;

namespace Nodal.Tests.Discovery.Attribution;

public sealed class RelevancePatchingTests
{
    public static TheoryData<string> Models => TinyModels.Names;

    /// <summary>The frozen model of these tests looks back only.</summary>
    public static TheoryData<string> CausalModels => [.. TinyModels.AllNames.Where(name => !TinyModels.Config(name).Bidirectional)];

    [Theory]
    [MemberData(nameof(Models))]
    public void The_rules_change_no_logit(string name)
    {
        using var setting = new PatchingSetting(name, AblationKind.Counterfactual);
        using var scope = NewDisposeScope();
        var gates = RandomGates.Fixed(setting.Layout.Count, seed: 3);
        var ruled = new PlainEngine(setting.Model, setting.Layout) { Rules = new RelevanceRules(setting.Model.Config) };

        ruled.AnswerLogits(setting.Batch, gates).ShouldBeWithin(setting.Engine.AnswerLogits(setting.Batch, gates), 1e-10);
    }

    [Theory]
    [MemberData(nameof(CausalModels))]
    public void An_effect_is_the_slope_of_the_model_whose_scales_ratios_and_second_factors_are_frozen(string name)
    {
        const double Step = 1e-5;
        using var setting = new AttributionSetting(name, DiscoveryMethod.Relp, pairs: TinyPairs.Make(TinyModels.Config(name), count: 3));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var effects = new RelevancePatching().Effects(setting.Scoring);
        using var ablation = new CounterfactualAblation(setting.Model);
        var batch = new PairPreparation(setting.Model, ablation).Prepare(setting.Pairs);
        var frozen = new FrozenModel(setting.Model, setting.Layout, batch);
        frozen.AnswerLogits(setting.Open).ShouldBeWithin(new PlainEngine(setting.Model, setting.Layout).AnswerLogits(batch, setting.Open), 1e-10);

        foreach (var node in setting.SomeNodes)
        {
            double At(double moved)
            {
                var gates = setting.Open;
                gates[node] += moved;
                return PairMeasurement.Of(batch.Pairs, batch.FullLogProbabilities, frozen.AnswerLogits(gates)).Average(pair => pair.LogitDifference);
            }

            effects[node].ShouldBe((At(Step) - At(-Step)) / (2 * Step), 1e-6, setting.Layout[node].ToString());
        }
    }

    /// <summary>Where attention is closed and there are no biases, all that is left is linear by the rules: what goes in comes out.</summary>
    [Fact]
    public void Relevance_is_conserved_from_the_logit_difference_to_the_embedding()
    {
        using var setting = new AttributionSetting("llama-gqa", DiscoveryMethod.Relp, wholeLayout: true, ablation: AblationKind.Zero, pairs: SingleAnswers());
        using var metric = new MetricGradient(setting.Scoring, setting.Scoring.Relevance);
        using var plain = new MetricGradient(setting.Scoring, setting.Scoring.Gradient);
        var gates = setting.Open;
        gates.AsSpan(setting.Layout.Span(Granularity.AttentionBlock)).Clear();
        var whole = setting.Metric(gates).Average();

        metric.OverAllPairs(gates, () => { })[^1].ShouldBe(whole, 1e-8);
        Math.Abs(plain.OverAllPairs(gates, () => { })[^1] - whole).ShouldBeGreaterThan(0.01);
    }

    private static Nodal.Tasks.EncodedPair[] SingleAnswers() =>
        [.. TinyPairs.Make(TinyModels.Config("llama-gqa"), count: 4).Select(pair => pair with { Answers = pair.Answers[..1], Foils = pair.Foils[..1] })];
}
