using Nodal.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Nodal.Benchmarks;

/// <summary>Models with random float32 weights, of such a spread that every block matters and logits are neither flat nor saturated.</summary>
internal sealed class RandomModel
{
    private readonly ModelConfig _config;
    private readonly Generator _random;

    private RandomModel(ModelConfig config, Generator random) => (_config, _random) = (config, random);

    /// <summary>A model; its weights follow from the seed alone.</summary>
    public static Transformer Make(ModelConfig config, int seed)
    {
        using var noGradient = no_grad();
        using var random = new Generator((ulong)seed);
        return new Transformer(config, new RandomModel(config, random).Weights());
    }

    private TransformerWeights Weights()
    {
        // The final norm gives each position a length of √d: a head of this spread gives logits of spread 3.
        var spread = 3 / Math.Sqrt(_config.Width);
        var embedding = Normal(spread, _config.VocabularySize, _config.Width);
        return new TransformerWeights
        {
            TokenEmbedding = embedding,
            PositionEmbedding = _config.Rotary is null ? Normal(spread, _config.ContextLength, _config.Width) : null,
            Layers = [.. Enumerable.Range(0, _config.Layers).Select(_ => Layer())],
            FinalNorm = Norm(),
            Head = _config.TiedEmbeddings ? new LinearMap(embedding) : new LinearMap(Normal(spread, _config.VocabularySize, _config.Width)),
        };
    }

    private LayerWeights Layer() => new()
    {
        AttentionNorm = Norm(),
        Query = Linear(_config.AttentionWidth, _config.Width, _config.AttentionInputBias),
        Key = Linear(_config.KeyValueWidth, _config.Width, _config.AttentionInputBias),
        Value = Linear(_config.KeyValueWidth, _config.Width, _config.AttentionInputBias),
        Output = Linear(_config.Width, _config.AttentionWidth, _config.AttentionOutputBias),
        MlpNorm = Norm(),
        Gate = _config.GatedMlp ? Linear(_config.HiddenWidth, _config.Width, _config.MlpBias) : null,
        Up = Linear(_config.HiddenWidth, _config.Width, _config.MlpBias),
        Down = Linear(_config.Width, _config.HiddenWidth, _config.MlpBias),
    };

    private LinearMap Linear(int outputs, int inputs, bool bias) => new(Normal(1 / Math.Sqrt(inputs), outputs, inputs), bias ? Normal(0.1, outputs) : null);

    private NormWeights Norm() => new(ones(_config.Width), _config.Norm == NormKind.LayerNorm ? Normal(0.1, _config.Width) : null);

    private Tensor Normal(double spread, params long[] shape)
    {
        using var scale = spread.ToScalar();
        return randn(shape, dtype: ScalarType.Float32, generator: _random).mul_(scale);
    }
}
