using Nodal.Gates;
using Nodal.Patching;
using Nodal.Runtime;
using Nodal.Tests.Models;
using static TorchSharp.torch;

namespace Nodal.Tests.Patching;

public sealed class AnswerOfAnotherPairTests
{
    // Every gate open, the gated model says what the full model says on the pair's own prompt; the loss is from what it says on the other's.
    [Theory]
    [InlineData(EngineKind.Plain)]
    [InlineData(EngineKind.Fast)]
    public void A_pair_is_trained_towards_what_the_full_model_says_on_the_other(EngineKind engine)
    {
        using var model = TinyModels.Make("llama-gqa", ScalarType.Float32);
        using var ablation = new CounterfactualAblation(model);
        var layout = new GateLayout(model.Config);
        var own = TinyPairs.Make(model.Config, 3, length: 6);
        var others = TinyPairs.Make(model.Config, 3, length: 4, seed: 8);
        var engines = new Engines(model, new PairPreparation(model, ablation), new Workers(1), layout);
        var options = new EngineOptions { Engine = engine, Precision = EnginePrecision.Float32, Activations = ActivationPlacement.Memory };
        using var gradient = engines.Gradient(options, [.. own.Zip(others, (pair, other) => pair with { AnswerOf = other })], "");

        var kl = gradient.Step([0, 1, 2], Enumerable.Repeat(1.0, layout.Count).ToArray(), new double[layout.Count]);

        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Tensor Says(IEnumerable<Nodal.Tasks.EncodedPair> pairs) => model.Forward(TinyPairs.Clean(pairs)).select(1, -1).log_softmax(-1);
        var (expected, said) = (Says(others), Says(own));
        kl.ShouldBe((expected.exp() * (expected - said)).sum(-1).mean().item<float>(), 1e-4);
        kl.ShouldBeGreaterThan(0.1, "else the test shows nothing");
    }
}
