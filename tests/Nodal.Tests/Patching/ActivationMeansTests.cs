using Nodal.Patching;
using Nodal.Tests.Models;
using static TorchSharp.torch;

namespace Nodal.Tests.Patching;

public sealed class ActivationMeansTests
{
    [Theory]
    [InlineData(MeanPositions.All)]
    [InlineData(MeanPositions.Classes)]
    public void Means_are_over_the_positions_of_a_class_in_all_prompts_whatever_their_lengths(MeanPositions positions)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Make("gpt2");
        Tensor[] prompts = [TinyPairs.Corrupted(TinyPairs.Make(model.Config, 3, length: 6)), TinyPairs.Corrupted(TinyPairs.Make(model.Config, 2, length: 4))];
        var runs = prompts.Select(tokens => new CounterfactualAblation(model).Run(tokens, tokens, Last(tokens))).ToArray();
        var means = ActivationMeans.Over(model, positions, prompts.Select(tokens => (tokens, Last(tokens))));
        var classes = positions == MeanPositions.All ? 1 : 3;

        means.Layout.Classes.ShouldBe(classes);
        for (var kind = 0; kind < classes; kind++)
        {
            Tensor Mean(Func<AblatedRun, Tensor> of) => cat([.. runs.Select(run => Rows(of(run), classes, kind))]).mean([0]);
            for (var layer = 0; layer < model.Config.Layers; layer++)
            {
                means.Tensor(means.Layout.Heads(layer), model.Precision)[kind].ShouldBeWithin(Mean(run => run.Layers[layer].Heads), 1e-12);
                means.Tensor(means.Layout.Hidden(layer), model.Precision)[kind].ShouldBeWithin(Mean(run => run.Layers[layer].Hidden), 1e-12);
            }

            means.Tensor(means.Layout.Embedding, model.Precision)[kind].ShouldBeWithin(Mean(run => run.Layers[0].StreamBeforeAttention), 1e-12);
        }
    }

    [Fact]
    public void A_class_without_a_position_has_the_mean_over_all()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Make("llama-gqa");
        var tokens = TinyPairs.Corrupted(TinyPairs.Make(model.Config, 3, length: 2));
        var means = ActivationMeans.Over(model, MeanPositions.Classes, [(tokens, Last(tokens))]);
        var embedding = means.Tensor(means.Layout.Embedding, model.Precision);

        embedding[1].ShouldBeWithin(model.Embed(tokens).mean([0, 1]), 1e-12);
        embedding[2].ShouldBeWithin(model.Embed(tokens)[.., 1].mean([0]), 1e-12);
    }

    [Fact]
    public void The_answer_may_stand_before_other_tokens()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Make("gpt2");
        var tokens = TinyPairs.Corrupted(TinyPairs.Make(model.Config, 3, length: 5));
        var means = ActivationMeans.Over(model, MeanPositions.Classes, [(tokens, 2)]);
        var (embedding, stream) = (means.Tensor(means.Layout.Embedding, model.Precision), model.Embed(tokens));

        embedding[0].ShouldBeWithin(stream[.., 0].mean([0]), 1e-12);
        embedding[1].ShouldBeWithin(cat([stream[.., 1], stream[.., 3], stream[.., 4]]).mean([0]), 1e-12);
        embedding[2].ShouldBeWithin(stream[.., 2].mean([0]), 1e-12);
    }

    private static int Last(Tensor tokens) => (int)tokens.shape[1] - 1;

    /// <summary>(rows, n): those of a class.</summary>
    private static Tensor Rows(Tensor values, int classes, int kind)
    {
        var (first, count) = classes == 1 ? (0L, values.shape[1]) : kind == 0 ? (0L, 1L) : kind == 1 ? (1L, values.shape[1] - 2) : (values.shape[1] - 1, 1L);
        return values.narrow(1, first, count).reshape(-1, values.shape[2]);
    }
}
