using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Patching.Fast;
using Nodal.Runtime;
using Nodal.Tasks;
using Nodal.Tests.Gates;
using Nodal.Tests.Models;
using static TorchSharp.torch;

namespace Nodal.Tests.Patching.Fast;

public sealed class FastCircuitRunnerTests
{
    [Theory]
    [InlineData("llama-gqa", AblationKind.Counterfactual)]
    [InlineData("llama-biases", AblationKind.Counterfactual)]
    [InlineData("gpt2", AblationKind.Counterfactual)]
    [InlineData("gpt2", AblationKind.Zero)]
    [InlineData("gpt2", AblationKind.Mean)]
    [InlineData("gpt2", AblationKind.Learned)]
    [InlineData("llama-biases", AblationKind.Mean)]
    [InlineData("llama-gqa", AblationKind.Learned)]
    [InlineData("compiled", AblationKind.Counterfactual)]
    [InlineData("compiled", AblationKind.Zero)]
    [InlineData(TinyModels.Number, AblationKind.Counterfactual)]
    [InlineData(TinyModels.Number, AblationKind.Zero)]
    public void It_measures_what_the_plain_runner_measures(string name, AblationKind kind)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Make(name);
        var pairs = Pairs(model);
        using var ablation = Ablations.Make(kind, model, TinyPairs.Corrupted(pairs.Where(pair => pair.Length == 5)));
        var preparation = new PairPreparation(model, ablation);
        using var plain = new PlainCircuitRunner(model, preparation);
        using var fast = new FastCircuitRunner<Float32Element>(model, preparation, new Workers(2));
        var circuits = Circuits(new GateLayout(model.Config));

        var (expected, actual) = (plain.Measure(circuits, pairs), fast.Measure(circuits, pairs));
        for (var circuit = 0; circuit < circuits.Length; circuit++)
        {
            for (var pair = 0; pair < pairs.Length; pair++)
            {
                actual[circuit][pair].Kl.ShouldBe(expected[circuit][pair].Kl, 1e-5 * Math.Max(1, expected[circuit][pair].Kl));
                actual[circuit][pair].LogitDifference.ShouldBe(expected[circuit][pair].LogitDifference, 1e-4);
                actual[circuit][pair].FullLogitDifference.ShouldBe(expected[circuit][pair].FullLogitDifference, 1e-4);
                actual[circuit][pair].SameTopToken.ShouldBe(expected[circuit][pair].SameTopToken);
            }
        }

        expected[0].Average(pair => pair.Kl).ShouldBeGreaterThan(0.01);
    }

    [Fact]
    public void Measuring_leaves_no_tensor_and_hears_cancellation()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Make("gpt2");
        using var ablation = new CounterfactualAblation(model);
        using var fast = new FastCircuitRunner<Float32Element>(model, new PairPreparation(model, ablation), new Workers(1));
        var (circuits, pairs) = (Circuits(new GateLayout(model.Config)), Pairs(model));
        fast.Measure(circuits, pairs);
        LiveTensors.Settle();
        var before = LiveTensors.Count;
        fast.Measure(circuits, pairs);
        LiveTensors.Count.ShouldBe(before);

        using var source = new CancellationTokenSource();
        source.Cancel();
        Should.Throw<OperationCanceledException>(() => fast.Measure(circuits, pairs, source.Token));
    }

    /// <summary>More pairs than are run at once, of two lengths in turn, not all asked at their end.</summary>
    private static EncodedPair[] Pairs(Transformer model)
    {
        EncodedPair[] pairs = [.. TinyPairs.Make(model.Config, 40, length: 5), .. TinyPairs.Make(model.Config, 7, length: 8).Select((pair, i) => pair with { AnswerPosition = 7 - (i % 4) })];
        new Random(2).Shuffle(pairs);
        return pairs;
    }

    private static NodeSet[] Circuits(GateLayout layout)
    {
        var ranking = new Ranking(layout, RandomGates.Fixed(layout.Count, seed: 4));
        return [ranking.AtSize(0.5), NodeSet.Full(layout), ranking.AtSize(0.05), NodeSet.Close(layout, new bool[layout.Count])];
    }
}
