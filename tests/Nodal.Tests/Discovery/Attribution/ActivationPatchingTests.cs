using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Discovery;
using Nodal.Discovery.Attribution;
using Nodal.Tests.Models;

namespace Nodal.Tests.Discovery.Attribution;

public sealed class ActivationPatchingTests
{
    public static TheoryData<string, AnswerMetric> ModelsAndMetrics =>
        [.. from name in TinyModels.AllNames from metric in Enum.GetValues<AnswerMetric>() select new TheoryDataRow<string, AnswerMetric>(name, metric)];

    [Theory]
    [MemberData(nameof(ModelsAndMetrics))]
    public void An_effect_is_what_the_metric_loses_when_the_node_alone_is_closed(string name, AnswerMetric metric)
    {
        using var setting = new AttributionSetting(name, DiscoveryMethod.ActivationPatching, new AttributionOptions { Metric = metric });
        var effects = new ActivationPatching().Effects(setting.Scoring);
        double Of(NodeSet circuit) => setting.Runner.Measure([circuit], setting.Pairs)[0].Average(pair => metric == AnswerMetric.Kl ? -pair.Kl : pair.LogitDifference);

        for (var node = 0; node < setting.Layout.Count; node++)
        {
            var open = Enumerable.Range(0, setting.Layout.Count).Select(i => i != node).ToArray();
            var expected = GateLayout.IsLeaf(setting.Layout[node].Granularity) ? 0 : Of(NodeSet.Full(setting.Layout)) - Of(NodeSet.Close(setting.Layout, open));
            effects[node].ShouldBe(expected, 1e-12, setting.Layout[node].ToString());
        }
    }

    [Fact]
    public void Layers_and_the_embedding_are_patched_where_they_have_gates()
    {
        using var setting = new AttributionSetting("gpt2", DiscoveryMethod.ActivationPatching, wholeLayout: true);
        var effects = new ActivationPatching().Effects(setting.Scoring);
        var closed = setting.Open;
        closed[^1] = 0;

        effects[^1].ShouldBe(setting.Metric(setting.Open).Average() - setting.Metric(closed).Average(), 1e-10);
        effects[setting.Layout.Offset(Nodal.Gates.Granularity.Layer)].ShouldNotBe(0);
    }

    [Fact]
    public void Nothing_is_learned_of_leaves_so_they_are_kept_with_their_parents()
    {
        using var setting = new AttributionSetting("llama-gqa", DiscoveryMethod.ActivationPatching);
        var ranking = new Ranking(setting.Layout, new EffectScorer(new ActivationPatching()).Score(setting.Scoring));
        var circuit = ranking.AtSize(0.5);

        foreach (var node in circuit.Nodes().Where(node => node.Granularity == Nodal.Gates.Granularity.Head))
        {
            Enumerable.Range(0, setting.Model.Config.HeadWidth).ShouldAllBe(i => circuit[setting.Layout.IndexOf(new Nodal.Gates.Node(Nodal.Gates.Granularity.AttentionNeuron, node.Layer, node.Head, i))]);
        }

        circuit.Nodes().ShouldNotBeEmpty();
    }
}
