using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Patching;
using Nodal.Tasks;

namespace Nodal.Evaluation;

/// <summary>Measures circuits on pairs: faithfulness, behaviour and size, with bootstrap intervals.</summary>
internal sealed class CircuitEvaluation(ICircuitRunner runner, GateLayout layout, int seed)
{
    private readonly SizeAccount _account = new(layout);

    /// <summary>One row per circuit, all on the same pairs.</summary>
    public ImmutableArray<EvaluationRow> Evaluate(
        IReadOnlyList<NodeSet> circuits, IReadOnlyList<EncodedPair> pairs, CancellationToken cancellation = default)
    {
        var measured = runner.Measure(circuits, pairs, cancellation);
        return [.. circuits.Select((circuit, i) => Row(circuit, measured[i]))];
    }

    /// <summary>The row of a circuit that has been measured.</summary>
    public EvaluationRow Row(NodeSet circuit, PairMetrics[] metrics)
    {
        double Mean(Func<PairMetrics, double> of) => metrics.Average(of);
        Interval Spread(Func<PairMetrics, double> of) => Bootstrap.OfMean([.. metrics.Select(of)], seed);
        static double One(bool value) => value ? 1 : 0;
        var share = Estimate.OfRatio([.. metrics.Select(pair => pair.LogitDifference)], [.. metrics.Select(pair => pair.FullLogitDifference)], seed);
        var parameters = (long)Math.Round(_account.Parameters(circuit.Gates()));
        return new EvaluationRow
        {
            Size = (double)parameters / _account.Total,
            Kl = Mean(pair => pair.Kl),
            LogitDifference = Mean(pair => pair.LogitDifference),
            FullLogitDifference = Mean(pair => pair.FullLogitDifference),
            Accuracy = Mean(pair => One(pair.Correct)),
            FullAccuracy = Mean(pair => One(pair.FullCorrect)),
            ExactMatch = Mean(pair => One(pair.SameTopToken)),
            LogitDifferenceShare = share?.Value,
            AnswerProbability = Mean(pair => pair.AnswerProbability),
            FullAnswerProbability = Mean(pair => pair.FullAnswerProbability),
            Parameters = parameters,
            Nodes = circuit.Counts(),
            Published = PublishedCount.Of(circuit),
            Pairs = metrics.Length,
            Intervals = new MetricIntervals(
                Spread(pair => pair.Kl), Spread(pair => pair.LogitDifference), Spread(pair => One(pair.Correct)), Spread(pair => One(pair.SameTopToken)),
                share?.Interval, Spread(pair => pair.AnswerProbability), Spread(pair => pair.FullLogitDifference), Spread(pair => One(pair.FullCorrect))),
        };
    }
}
