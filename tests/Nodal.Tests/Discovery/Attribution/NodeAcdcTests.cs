using Nodal.Circuits;
using Nodal.Discovery;
using Nodal.Discovery.Attribution;
using Nodal.Gates;
using Nodal.Tests.Models;

namespace Nodal.Tests.Discovery.Attribution;

public sealed class NodeAcdcTests
{
    private static readonly double[] Thresholds = [0.001, 0.03, 0.3, 2];

    public static TheoryData<string> Models => TinyModels.Names;

    [Theory]
    [MemberData(nameof(Models))]
    public void A_node_has_the_largest_threshold_that_a_greedy_run_written_plainly_keeps_it_at(string name)
    {
        using var setting = new AttributionSetting(name, DiscoveryMethod.Acdc, new AttributionOptions { Thresholds = [.. Thresholds] });
        var scores = new NodeAcdc().Score(setting.Scoring);
        var kept = Thresholds.Select(threshold => Greedy(setting, threshold)).ToArray();

        foreach (var granularity in setting.Layout.Granularities)
        {
            foreach (var node in All(setting.Layout, granularity))
            {
                var label = setting.Layout[node].ToString();
                if (!MethodNodes.HeadsAndMlps.Contains(granularity))
                {
                    scores[node].ShouldBe(double.PositiveInfinity, label);
                    continue;
                }

                var last = Array.FindLastIndex(kept, circuit => circuit.Contains(node));
                Math.Exp(scores[node]).ShouldBeInRange(last < 0 ? 0 : Thresholds[last] * (1 - 1e-12), last + 1 < Thresholds.Length ? Thresholds[last + 1] : double.MaxValue, label);
            }
        }

        kept.Select(circuit => circuit.Count).Distinct().Count().ShouldBeGreaterThan(1);
        setting.Parts[^1].Done.ShouldBe(setting.Parts[^1].Of);
        setting.Parts.Count.ShouldBe(NodeAcdc.Nodes(setting.Scoring).Length);
    }

    [Fact]
    public void The_last_layer_is_asked_first_and_within_it_the_mlp()
    {
        using var setting = new AttributionSetting("gpt2", DiscoveryMethod.Acdc);

        NodeAcdc.Nodes(setting.Scoring).Take(5).Select(node => setting.Layout[node].ToString()).ShouldBe(["m2", "a2.h2", "a2.h1", "a2.h0", "m1"]);
    }

    private static HashSet<int> Greedy(AttributionSetting setting, double threshold)
    {
        var layout = setting.Layout;
        var circuit = MethodNodes.HeadsAndMlps.SelectMany(granularity => All(layout, granularity)).ToHashSet();
        for (var layer = layout.Config.Layers - 1; layer >= 0; layer--)
        {
            int[] order = [layout.Offset(Granularity.MlpBlock, layer), .. Enumerable.Range(0, layout.Config.Heads).Select(head => layout.IndexOf(new Node(Granularity.Head, layer, head))).Reverse()];
            foreach (var node in order)
            {
                var without = circuit.Where(other => other != node).ToHashSet();
                circuit = Kl(setting, without) - Kl(setting, circuit) < threshold ? without : circuit;
            }
        }

        return circuit;
    }

    private static double Kl(AttributionSetting setting, HashSet<int> circuit)
    {
        var open = Enumerable.Range(0, setting.Layout.Count).Select(i => !MethodNodes.HeadsAndMlps.Contains(setting.Layout[i].Granularity) || circuit.Contains(i)).ToArray();
        return setting.Runner.Measure([NodeSet.Close(setting.Layout, open)], setting.Pairs)[0].Average(pair => pair.Kl);
    }

    private static IEnumerable<int> All(GateLayout layout, Granularity granularity)
    {
        var (start, length) = layout.Span(granularity).GetOffsetAndLength(layout.Count);
        return Enumerable.Range(start, length);
    }
}
