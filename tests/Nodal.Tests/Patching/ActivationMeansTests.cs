using Nodal.Patching;
using Nodal.Tests.Models;
using static TorchSharp.torch;

namespace Nodal.Tests.Patching;

public sealed class ActivationMeansTests
{
    [Fact]
    public void Means_are_over_all_positions_of_all_prompts_whatever_their_lengths()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Make("gpt2");
        Tensor[] prompts = [TinyPairs.Corrupted(TinyPairs.Make(model.Config, 3, length: 6)), TinyPairs.Corrupted(TinyPairs.Make(model.Config, 2, length: 4))];
        var runs = prompts.Select(tokens => new CounterfactualAblation(model).Run(tokens, tokens)).ToArray();
        var means = ActivationMeans.Over(model, prompts);

        for (var layer = 0; layer < model.Config.Layers; layer++)
        {
            var heads = cat([.. runs.Select(run => run.Layers[layer].Heads.reshape(-1, model.Config.AttentionWidth))]);
            var hidden = cat([.. runs.Select(run => run.Layers[layer].Hidden.reshape(-1, model.Config.HiddenWidth))]);
            heads.shape[0].ShouldBe((3 * 6) + (2 * 4));
            means[layer].Heads.ShouldBeWithin(heads.mean([0]).view(1, 1, -1), 1e-12);
            means[layer].Hidden.ShouldBeWithin(hidden.mean([0]).view(1, 1, -1), 1e-12);
        }
    }
}
