using Nodal.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Nodal.Runs.Evidence;

/// <summary>A model with some of its weights changed; those that are not share the memory of the model they are from.</summary>
internal static class ModelVariant
{
    /// <summary>With Gaussian noise on the token embeddings, one draw for each token: a token is the same wherever it stands, in clean and corrupted prompts alike. A tied LM head stays as it is.</summary>
    /// <param name="model">The model.</param>
    /// <param name="share">Standard deviation of the noise over the embeddings' root mean square.</param>
    /// <param name="seed">Of the noise.</param>
    /// <returns>Owned by the caller, who disposes it before the model.</returns>
    public static LoadedModel WithNoise(LoadedModel model, double share, int seed)
    {
        using var generator = new Generator((ulong)seed);
        var weights = model.Transformer.Weights;
        return Of(model, weights with
        {
            TokenEmbedding = Noisy(weights.TokenEmbedding, share, generator),
            PositionEmbedding = weights.PositionEmbedding?.alias(),
            Layers = [.. weights.Layers.Select(layer => Map(layer, map => new LinearMap(map.Weight.alias(), map.Bias?.alias())))],
        });
    }

    /// <summary>With the entries of each weight matrix of each block, and of each bias, in random places: what a block is made of stays, what it has learned goes. Embeddings, norms and LM head stay.</summary>
    /// <inheritdoc cref="WithNoise"/>
    public static LoadedModel WithPermutedBlocks(LoadedModel model, int seed)
    {
        using var generator = new Generator((ulong)seed);
        var weights = model.Transformer.Weights;
        return Of(model, weights with
        {
            TokenEmbedding = weights.TokenEmbedding.alias(),
            PositionEmbedding = weights.PositionEmbedding?.alias(),
            Layers = [.. weights.Layers.Select(layer => Map(layer, map => new LinearMap(Permuted(map.Weight, generator), map.Bias is { } bias ? Permuted(bias, generator) : null)))],
        });
    }

    private static LoadedModel Of(LoadedModel model, TransformerWeights weights) => model with
    {
        Transformer = new Transformer(model.Transformer.Config, weights with { FinalNorm = Alias(weights.FinalNorm), Head = new LinearMap(weights.Head.Weight.alias(), weights.Head.Bias?.alias()) }),
    };

    private static LayerWeights Map(LayerWeights layer, Func<LinearMap, LinearMap> map) => new()
    {
        AttentionNorm = Alias(layer.AttentionNorm),
        Query = map(layer.Query),
        Key = map(layer.Key),
        Value = map(layer.Value),
        Output = map(layer.Output),
        MlpNorm = Alias(layer.MlpNorm),
        Gate = layer.Gate is { } gate ? map(gate) : null,
        Up = map(layer.Up),
        Down = map(layer.Down),
    };

    private static NormWeights Alias(NormWeights norm) => new(norm.Scale.alias(), norm.Shift?.alias());

    private static Tensor Noisy(Tensor embedding, double share, Generator generator)
    {
        using var scope = NewDisposeScope();
        using var deviation = (share * embedding.Squared().mean().sqrt().to(ScalarType.Float64).item<double>()).ToScalar();
        var noise = randn(embedding.shape, dtype: embedding.dtype, generator: generator).mul_(deviation);   // (v, d)
        return embedding.Plus(noise).MoveToOuterDisposeScope();
    }

    private static Tensor Permuted(Tensor values, Generator generator)
    {
        using var scope = NewDisposeScope();
        return values.reshape(-1).index_select(0, randperm(values.numel(), generator: generator)).view(values.shape).MoveToOuterDisposeScope();
    }
}
