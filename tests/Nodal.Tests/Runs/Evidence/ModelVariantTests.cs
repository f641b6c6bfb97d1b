using Nodal.Models;
using Nodal.Runs.Evidence;
using Nodal.Tests.Models;
using static TorchSharp.torch;

namespace Nodal.Tests.Runs.Evidence;

public sealed class ModelVariantTests : IDisposable
{
    private readonly LoadedModel _model = new()
    {
        Reference = "tiny", Path = "", Format = "", Hash = "", Tokenizer = null, Transformer = TinyModels.Make("gpt2"),
    };

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Noise_has_the_share_of_the_embeddings_root_mean_square_and_leaves_the_head_alone()
    {
        using var noisy = ModelVariant.WithNoise(_model, share: 0.2, seed: 3);
        using var scope = NewDisposeScope();
        var (before, after) = (_model.Transformer.Weights, noisy.Transformer.Weights);

        static double Rms(Tensor values) => values.square().mean().sqrt().item<double>();
        (Rms(after.TokenEmbedding - before.TokenEmbedding) / Rms(before.TokenEmbedding)).ShouldBe(0.2, 0.03);   // 228 draws: 5 % of it is one standard deviation
        after.Head.Weight.allclose(before.Head.Weight, rtol: 0, atol: 0).ShouldBeTrue();
        after.Layers[1].Down.Weight.allclose(before.Layers[1].Down.Weight, rtol: 0, atol: 0).ShouldBeTrue();
    }

    [Fact]
    public void Permuted_blocks_have_the_same_entries_in_other_places()
    {
        using var permuted = ModelVariant.WithPermutedBlocks(_model, seed: 3);
        using var scope = NewDisposeScope();
        var (before, after) = (_model.Transformer.Weights, permuted.Transformer.Weights);

        static double[] Entries(Tensor values) => values.reshape(-1).data<double>().ToArray();
        foreach (var (own, other) in before.Layers.Zip(after.Layers))
        {
            foreach (var (map, moved) in new[] { (own.Query, other.Query), (own.Output, other.Output), (own.Up, other.Up), (own.Down, other.Down) })
            {
                Entries(moved.Weight).ShouldNotBe(Entries(map.Weight));
                Entries(moved.Weight).Order().ShouldBe(Entries(map.Weight).Order());
                Entries(moved.Bias!).Order().ShouldBe(Entries(map.Bias!).Order());
            }

            other.MlpNorm.Scale.allclose(own.MlpNorm.Scale, rtol: 0, atol: 0).ShouldBeTrue();
        }

        after.TokenEmbedding.allclose(before.TokenEmbedding, rtol: 0, atol: 0).ShouldBeTrue();
    }

    [Fact]
    public void The_model_outlives_its_variants_and_is_as_it_was()
    {
        using var scope = NewDisposeScope();
        var tokens = tensor(new long[] { 1, 2, 3 }, 1, 3);
        var before = _model.Transformer.Forward(tokens);
        foreach (var make in new Func<LoadedModel>[] { () => ModelVariant.WithNoise(_model, 0.5, 1), () => ModelVariant.WithPermutedBlocks(_model, 1) })
        {
            using var variant = make();
            variant.Transformer.Forward(tokens).allclose(before).ShouldBeFalse();
        }

        _model.Transformer.Forward(tokens).allclose(before, rtol: 0, atol: 0).ShouldBeTrue();
    }

    [Fact]
    public void The_seed_decides()
    {
        using var scope = NewDisposeScope();
        using var one = ModelVariant.WithNoise(_model, 0.1, seed: 1);
        using var same = ModelVariant.WithNoise(_model, 0.1, seed: 1);
        using var other = ModelVariant.WithNoise(_model, 0.1, seed: 2);

        one.Transformer.Weights.TokenEmbedding.allclose(same.Transformer.Weights.TokenEmbedding, rtol: 0, atol: 0).ShouldBeTrue();
        one.Transformer.Weights.TokenEmbedding.allclose(other.Transformer.Weights.TokenEmbedding, rtol: 0, atol: 0).ShouldBeFalse();
    }
}
