using Nodal.Discovery;
using Nodal.Discovery.Attribution;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runtime;
using Nodal.Tasks;
using Nodal.Tests.Models;
using Nodal.Tests.Patching;
using static TorchSharp.torch;

namespace Nodal.Tests.Discovery.Attribution;

/// <summary>A tiny model with pairs of two lengths, ready to be scored by any method; the metric by forward runs alone.</summary>
internal sealed class AttributionSetting : IDisposable
{
    private readonly IAblation _ablation;
    private readonly PairPreparation _preparation;
    private readonly PlainCircuitRunner _runner;

    public AttributionSetting(string name, DiscoveryMethod method, AttributionOptions? options = null, bool wholeLayout = false, AblationKind ablation = AblationKind.Counterfactual, EncodedPair[]? pairs = null)
    {
        Model = TinyModels.Make(name);
        var layout = new GateLayout(Model.Config, wholeLayout ? Enum.GetValues<Granularity>() : []);
        Pairs = pairs ?? [.. TinyPairs.Make(Model.Config, count: 3, length: 6), .. TinyPairs.Make(Model.Config, count: 2, length: 4)];
        _ablation = Ablations.Make(ablation, Model, TinyPairs.Corrupted(Pairs[..1]));
        _preparation = new PairPreparation(Model, _ablation);
        _runner = new PlainCircuitRunner(Model, _preparation, layout: layout);
        IGateGradient Engine(AnswerLoss loss, RelevanceRules? rules)
        {
            var engine = new PlainGateGradient(new PairPool(Model, _preparation, Pairs, long.MaxValue), new PlainEngine(Model, layout) { Loss = loss, Rules = rules }, new Workers(1));
            return layout.Has(Granularity.Layer) ? new FoldedLayers(engine, layout) : engine;
        }

        Scoring = new ScoringSetting
        {
            Layout = layout,
            Model = Model,
            Pairs = Pairs,
            Gradient = loss => Engine(loss, rules: null),
            Relevance = loss => Engine(loss, new RelevanceRules(Model.Config)),
            Runner = () => _runner,
            Scored = MethodNodes.Of(method, layout.Granularities),
            Options = (options ?? new AttributionOptions { BatchSize = 2 }).Resolved(method),
            Progress = new Observer<ScoringProgress>(Parts.Add),
        };
    }

    public Transformer Model { get; }

    public EncodedPair[] Pairs { get; }

    public ScoringSetting Scoring { get; }

    public GateLayout Layout => Scoring.Layout;

    public ICircuitRunner Runner => _runner;

    /// <summary>What was heard of the work.</summary>
    public List<ScoringProgress> Parts { get; } = [];

    /// <summary>The metric of each pair at any gates, more being better.</summary>
    public double[] Metric(double[] gates) => [.. Pairs.Select(pair =>
    {
        using var scope = NewDisposeScope();
        var batch = _preparation.Prepare([pair]);
        var measured = PairMeasurement.Of([pair], batch.FullLogProbabilities, new PlainEngine(Model, Layout).AnswerLogits(batch, Folded(gates)))[0];
        return Scoring.Options.Metric == AnswerMetric.Kl ? -measured.Kl : measured.LogitDifference;
    })];

    /// <summary>∂ metric / ∂ gate of each pair, by differences of forward runs.</summary>
    public double[] Slope(double[] gates, int node, double step = 1e-5)
    {
        double[] Moved(double by)
        {
            double[] moved = [.. gates];
            moved[node] += by;
            return Metric(moved);
        }

        return [.. Moved(step).Zip(Moved(-step), (above, below) => (above - below) / (2 * step))];
    }

    public double[] Open => [.. Enumerable.Repeat(1.0, Layout.Count)];

    /// <summary>First, middle and last node of every granularity.</summary>
    public IEnumerable<int> SomeNodes => Layout.Granularities.SelectMany(granularity =>
    {
        var (first, count) = Layout.Span(granularity).GetOffsetAndLength(Layout.Count);
        return new[] { first, first + (count / 2), first + count - 1 };
    }).Distinct();

    public void Dispose()
    {
        _ablation.Dispose();
        Model.Dispose();
    }

    /// <summary>Gates of layers multiplied into those of their blocks.</summary>
    private double[] Folded(double[] gates)
    {
        double[] folded = [.. gates];
        for (var layer = 0; Layout.Has(Granularity.Layer) && layer < Model.Config.Layers; layer++)
        {
            folded[Layout.Offset(Granularity.AttentionBlock, layer)] *= gates[Layout.Offset(Granularity.Layer, layer)];
            folded[Layout.Offset(Granularity.MlpBlock, layer)] *= gates[Layout.Offset(Granularity.Layer, layer)];
        }

        return folded;
    }
}
