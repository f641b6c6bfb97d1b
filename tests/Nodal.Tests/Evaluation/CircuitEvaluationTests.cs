using Nodal.Circuits;
using Nodal.Evaluation;
using Nodal.Gates;
using Nodal.Patching;
using Nodal.Tests.Discovery;
using Nodal.Tests.Gates;

namespace Nodal.Tests.Evaluation;

public sealed class CircuitEvaluationTests : IDisposable
{
    private readonly TrainingSetting _setting = new("gpt2");
    private readonly NodeSet[] _circuits;
    private readonly EvaluationRow[] _rows;
    private readonly PairMetrics[][] _metrics;

    public CircuitEvaluationTests()
    {
        var ranking = new Ranking(_setting.Layout, RandomGates.Fixed(_setting.Layout.Count, seed: 8));
        _circuits = [ranking.AtSize(0.5), NodeSet.Full(_setting.Layout)];
        _metrics = _setting.Runner.Measure(_circuits, _setting.Pairs);
        _rows = [.. new CircuitEvaluation(_setting.Runner, _setting.Layout, seed: 5).Evaluate(_circuits, _setting.Pairs)];
    }

    public void Dispose() => _setting.Dispose();

    [Fact]
    public void A_row_has_the_means_over_pairs()
    {
        var (row, metrics) = (_rows[0], _metrics[0]);
        row.Pairs.ShouldBe(8);
        row.Kl.ShouldBe(metrics.Sum(pair => pair.Kl) / 8, 1e-12);
        row.LogitDifference.ShouldBe(metrics.Sum(pair => pair.LogitDifference) / 8, 1e-12);
        row.FullLogitDifference.ShouldBe(metrics.Sum(pair => pair.FullLogitDifference) / 8, 1e-12);
        row.Accuracy.ShouldBe(metrics.Count(pair => pair.LogitDifference > 0) / 8.0);
        row.FullAccuracy.ShouldBe(metrics.Count(pair => pair.FullLogitDifference > 0) / 8.0);
        row.ExactMatch.ShouldBe(metrics.Count(pair => pair.SameTopToken) / 8.0);
        row.AnswerProbability!.Value.ShouldBe(metrics.Sum(pair => pair.AnswerProbability) / 8, 1e-12);
        row.FullAnswerProbability!.Value.ShouldBe(metrics.Sum(pair => pair.FullAnswerProbability) / 8, 1e-12);
        row.LogitDifferenceShare!.Value.ShouldBe(metrics.Sum(pair => pair.LogitDifference) / metrics.Sum(pair => pair.FullLogitDifference), 1e-12);
    }

    [Fact]
    public void A_row_has_the_size_of_the_circuit()
    {
        var account = new SizeAccount(_setting.Layout);
        var parameters = (long)account.Parameters(_circuits[0].Gates());
        _rows[0].Parameters.ShouldBe(parameters);
        _rows[0].Size.ShouldBe((double)parameters / account.Total, 1e-15);
        _rows[0].Nodes.ShouldBe(_circuits[0].Counts());
    }

    [Fact]
    public void A_row_has_bootstrap_intervals_of_the_means()
    {
        Interval Of(Func<PairMetrics, double> value) => Bootstrap.OfMean([.. _metrics[0].Select(value)], seed: 5);
        _rows[0].Intervals.ShouldBe(new MetricIntervals(
            Of(pair => pair.Kl), Of(pair => pair.LogitDifference), Of(pair => pair.LogitDifference > 0 ? 1 : 0), Of(pair => pair.SameTopToken ? 1 : 0),
            Estimate.OfRatio([.. _metrics[0].Select(pair => pair.LogitDifference)], [.. _metrics[0].Select(pair => pair.FullLogitDifference)], seed: 5)!.Interval,
            Of(pair => pair.AnswerProbability), Of(pair => pair.FullLogitDifference), Of(pair => pair.FullLogitDifference > 0 ? 1 : 0)));
    }

    [Fact]
    public void The_whole_model_is_faithful_to_itself()
    {
        var row = _rows[1];
        row.Size.ShouldBe(1);
        row.Kl.ShouldBe(0, 1e-12);
        row.LogitDifference.ShouldBe(row.FullLogitDifference, 1e-9);
        row.Accuracy.ShouldBe(row.FullAccuracy);
        row.ExactMatch.ShouldBe(1);
    }
}
