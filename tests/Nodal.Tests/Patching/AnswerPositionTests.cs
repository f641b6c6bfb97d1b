using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runtime;
using Nodal.Tasks;
using Nodal.Tests.Models;
using Nodal.Tests.Patching.Fast;
using static TorchSharp.torch;

namespace Nodal.Tests.Patching;

/// <summary>Pairs that are asked before their end.</summary>
public sealed class AnswerPositionTests
{
    [Theory]
    [InlineData("gpt2", AblationKind.Counterfactual)]
    [InlineData("gpt2", AblationKind.Zero)]
    [InlineData("gpt2", AblationKind.Mean)]
    [InlineData("llama-gqa", AblationKind.Counterfactual)]
    [InlineData("llama-gqa", AblationKind.Learned)]
    public void Tokens_after_the_answer_change_nothing_where_no_position_sees_them(string name, AblationKind kind)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Make(name);
        EncodedPair[] longer = [.. TinyPairs.Make(model.Config, 6, length: 9).Select(pair => pair with { AnswerPosition = 5 })];
        EncodedPair[] cut = [.. longer.Select(pair => pair with { Clean = pair.Clean[..6], Corrupted = pair.Corrupted[..6] })];
        using var ablation = Ablations.Make(kind, model, TinyPairs.Corrupted(cut), MeanPositions.Classes);
        foreach (var engine in new[] { EngineKind.Plain, EngineKind.Fast })
        {
            var (kl, gradient) = Step(model, ablation, engine, longer);
            var (expectedKl, expected) = Step(model, ablation, engine, cut);

            kl.ShouldBe(expectedKl, 1e-5 * expectedKl);
            gradient.Zip(expected, (one, other) => Math.Abs(one - other)).Max().ShouldBeLessThan(1e-4 * expected.Max(Math.Abs));
        }
    }

    [Theory]
    [InlineData(EngineKind.Plain)]
    [InlineData(EngineKind.Fast)]
    public void They_change_the_answer_where_positions_see_those_after_them(EngineKind engine)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Make("compiled");
        EncodedPair[] longer = [.. TinyPairs.Make(model.Config, 6, length: 9).Select(pair => pair with { AnswerPosition = 5 })];
        EncodedPair[] cut = [.. longer.Select(pair => pair with { Clean = pair.Clean[..6], Corrupted = pair.Corrupted[..6] })];
        using var ablation = new CounterfactualAblation(model);

        Math.Abs(Step(model, ablation, engine, longer).Kl - Step(model, ablation, engine, cut).Kl).ShouldBeGreaterThan(1e-3);
    }

    [Fact]
    public void The_answer_is_last_unless_another_position_is_named()
    {
        var pair = TinyPairs.Make(TinyModels.Config("gpt2"), 1, length: 7)[0];

        pair.AnswerPosition.ShouldBe(6);
        (pair with { AnswerPosition = 2 }).AnswerPosition.ShouldBe(2);
        new PairSplits([pair], [pair with { AnswerPosition = 2 }], []).ToTaskData("two", new DropCounter()).DifferingLastToken.ShouldBe(1, "the pairs differ at positions 1 and 2");
    }

    private static (double Kl, double[] Gradient) Step(Transformer model, IAblation ablation, EngineKind engine, EncodedPair[] pairs)
    {
        var layout = new GateLayout(model.Config);
        var options = new EngineOptions { Engine = engine, Precision = EnginePrecision.Float32, Activations = ActivationPlacement.Memory };
        using var gradient = new Engines(model, new PairPreparation(model, ablation), new Workers(1), layout).Gradient(options, pairs, "");
        var sum = new double[layout.Count];
        return (gradient.Step([.. Enumerable.Range(0, pairs.Length)], SparseGates.Make(layout, 0.2, null, seed: 6), sum), sum);
    }
}
