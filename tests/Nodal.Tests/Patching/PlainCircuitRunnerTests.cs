using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Tasks;
using Nodal.Tests.Gates;
using Nodal.Tests.Models;
using static TorchSharp.torch;

namespace Nodal.Tests.Patching;

public sealed class PlainCircuitRunnerTests : IDisposable
{
    private readonly Transformer _model = TinyModels.Make("gpt2");
    private readonly CounterfactualAblation _ablation;
    private readonly PlainCircuitRunner _runner;
    private readonly EncodedPair[] _pairs;
    private readonly NodeSet[] _circuits;

    public PlainCircuitRunnerTests()
    {
        _ablation = new CounterfactualAblation(_model);
        _runner = new PlainCircuitRunner(_model, new PairPreparation(_model, _ablation));

        // More pairs of one length than a batch holds, and lengths in turn.
        _pairs = [.. TinyPairs.Make(_model.Config, 40, length: 5), .. TinyPairs.Make(_model.Config, 5, length: 7)];
        new Random(2).Shuffle(_pairs);
        var layout = new GateLayout(_model.Config);
        var ranking = new Ranking(layout, RandomGates.Fixed(layout.Count, seed: 4));
        _circuits = [ranking.AtSize(0.5), NodeSet.Full(layout), ranking.AtSize(0.01)];
    }

    public void Dispose()
    {
        _ablation.Dispose();
        _model.Dispose();
    }

    [Fact]
    public void Metrics_are_those_computed_by_hand_from_the_logits_of_each_pair_alone()
    {
        var measured = _runner.Measure(_circuits, _pairs);
        for (var circuit = 0; circuit < _circuits.Length; circuit++)
        {
            for (var i = 0; i < _pairs.Length; i++)
            {
                var (actual, expected) = (measured[circuit][i], ByHand(_circuits[circuit], _pairs[i]));
                actual.Kl.ShouldBe(expected.Kl, 1e-9);
                actual.LogitDifference.ShouldBe(expected.LogitDifference, 1e-9);
                actual.FullLogitDifference.ShouldBe(expected.FullLogitDifference, 1e-9);
                actual.SameTopToken.ShouldBe(expected.SameTopToken);
                actual.AnswerProbability.ShouldBe(expected.AnswerProbability, 1e-12);
                actual.FullAnswerProbability.ShouldBe(expected.FullAnswerProbability, 1e-12);
            }
        }

        measured[0].Count(pair => pair.SameTopToken).ShouldBeInRange(1, _pairs.Length - 1);
    }

    [Fact]
    public void The_full_model_as_a_circuit_agrees_with_itself()
    {
        foreach (var pair in _runner.Measure([_circuits[1]], _pairs)[0])
        {
            pair.Kl.ShouldBe(0, 1e-12);
            pair.LogitDifference.ShouldBe(pair.FullLogitDifference, 1e-9);
            pair.SameTopToken.ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(0.1, true)]
    [InlineData(0, false)]
    [InlineData(-0.1, false)]
    public void Correct_means_the_answer_is_above_the_foil(double difference, bool correct)
    {
        new PairMetrics(0, difference, 0, true, 0, 0).Correct.ShouldBe(correct);
        new PairMetrics(0, 0, difference, true, 0, 0).FullCorrect.ShouldBe(correct);
    }

    [Fact]
    public void Measuring_leaves_no_tensor()
    {
        using var scope = NewDisposeScope();
        LiveTensors.Settle();
        _runner.Measure(_circuits, _pairs);
        var before = LiveTensors.Count;
        _runner.Measure(_circuits, _pairs);
        LiveTensors.Count.ShouldBe(before);
    }

    [Fact]
    public void Cancellation_is_heard()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Should.Throw<OperationCanceledException>(() => _runner.Measure(_circuits, _pairs, source.Token));
    }

    private PairMetrics ByHand(NodeSet circuit, EncodedPair pair)
    {
        using var scope = NewDisposeScope();
        var (clean, corrupted) = (TinyPairs.Clean([pair]), TinyPairs.Corrupted([pair]));
        var full = Answer(_model.Forward(clean));
        var gated = Answer(new TwoStreamModel(_model, AblationKind.Counterfactual).Logits(clean, corrupted, circuit.Gates()));
        var (fullTotal, gatedTotal) = (full.Sum(Math.Exp), gated.Sum(Math.Exp));
        return new PairMetrics(
            full.Zip(gated, (p, q) => Math.Exp(p) / fullTotal * (p - Math.Log(fullTotal) - q + Math.Log(gatedTotal))).Sum(),
            Difference(gated, pair), Difference(full, pair), Top(full) == Top(gated),
            pair.Answers.Sum(id => Math.Exp(gated[id])) / gatedTotal, pair.Answers.Sum(id => Math.Exp(full[id])) / fullTotal);
    }

    private static double Difference(double[] logits, EncodedPair pair)
    {
        double LogSum(ImmutableArray<int> ids) => Math.Log(ids.Sum(id => Math.Exp(logits[id])));
        return LogSum(pair.Answers) - LogSum(pair.Foils);
    }

    private static int Top(double[] logits) => Array.IndexOf(logits, logits.Max());

    private static double[] Answer(Tensor logits) => logits[0, logits.shape[1] - 1].data<double>().ToArray();
}
