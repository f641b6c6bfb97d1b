using System.Diagnostics;
using System.Globalization;
using Nodal.Comparison;
using Nodal.Discovery;
using Nodal.Discovery.Attribution;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Runs;
using Nodal.Runtime;

namespace Nodal.Benchmarks;

/// <summary>Spearman's correlation of every attribution with the exact effect of closing a node alone, in the logit difference.</summary>
internal sealed class AttributionsReport(string model, TaskRequest task, int steps, int threads)
{
    private static readonly DiscoveryMethod[] Methods =
    [
        DiscoveryMethod.AttributionPatching, DiscoveryMethod.Relp, DiscoveryMethod.IntegratedGradients, DiscoveryMethod.UniformGradientSampling, DiscoveryMethod.Hisp, DiscoveryMethod.Magnitude,
    ];

    private static readonly (string Name, Granularity[] Of)[] Groups =
    [
        ("heads", [Granularity.Head]), ("attention blocks", [Granularity.AttentionBlock]), ("MLP blocks", [Granularity.MlpBlock]),
    ];

    public void Write()
    {
        using var loaded = ModelLoader.Load(model);
        var data = task.Load(loaded);
        Console.WriteLine($"\nModel {Path.GetFileName(model)}, task {Path.GetFileName(task.Task)}, {data.Train.Length} pairs, logit difference; Spearman's rank correlation with activation patching.\n");
        Console.WriteLine("Signs as they are; those of head importance and magnitude, which have none, against the size of the exact effect.\n");
        var table = new MarkdownTable(["attribution", .. Groups.Select(group => group.Name), "all of them", "seconds"]);
        var (exact, layout, time) = Effects(loaded, data, DiscoveryMethod.ActivationPatching);
        table.Row(["activation patching", .. Groups.Select(_ => "1"), "1", Figures.Number(time)]);
        foreach (var method in Methods)
        {
            var (effects, _, seconds) = Effects(loaded, data, method);
            var reference = method is DiscoveryMethod.Hisp or DiscoveryMethod.Magnitude ? Array.ConvertAll(exact, Math.Abs) : exact;
            string Correlation(IEnumerable<Granularity> granularities)
            {
                int[] nodes = [.. Enumerable.Range(0, layout.Count).Where(i => granularities.Contains(layout[i].Granularity))];
                var correlation = RankCorrelation.Of(Array.ConvertAll(nodes, node => effects[node]), Array.ConvertAll(nodes, node => reference[node]));
                return (correlation ?? double.NaN).ToString("0.00", CultureInfo.InvariantCulture);
            }

            table.Row([Words.Of(method), .. Groups.Select(group => Correlation(group.Of)), Correlation(Groups.SelectMany(group => group.Of)), Figures.Number(seconds)]);
        }
    }

    private (double[] Effects, GateLayout Layout, double Seconds) Effects(LoadedModel loaded, Tasks.TaskData data, DiscoveryMethod method)
    {
        var options = new DiscoverOptions
        {
            Method = method,
            Threads = threads,
            Attribution = new AttributionOptions
            {
                Metric = AnswerMetric.LogitDifference, Steps = method == DiscoveryMethod.UniformGradientSampling ? 20 * steps : steps,
            }.Resolved(method),
        };
        options = options with { Engine = NodeScoring.EngineFor(options) };
        using var bench = Workbench.Of(loaded, data, options);
        var file = Path.GetTempFileName();
        try
        {
            options = options with { Engine = bench.Plan(options, Path.GetTempPath()).Engine };
            var start = Stopwatch.GetTimestamp();
            var effects = NodeScorers.EffectsOf(method)!.Effects(NodeScoring.Setting(bench, options, file));
            return (effects, bench.Layout, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
