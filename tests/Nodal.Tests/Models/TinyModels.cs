using Nodal.Models;
using static TorchSharp.torch;

namespace Nodal.Tests.Models;

/// <summary>Small random models in memory, one for each way a model can be built that size and patching must know of.</summary>
internal static class TinyModels
{
    private static readonly Dictionary<string, ModelConfig> Configs = new()
    {
        ["llama-gqa"] = new ModelConfig
        {
            Architecture = "llama",
            Layers = 2, Width = 12, Heads = 4, KeyValueHeads = 2, HeadWidth = 4, HiddenWidth = 10, VocabularySize = 17, ContextLength = 12,
            Norm = NormKind.RmsNorm, NormEpsilon = 1e-6, Activation = ActivationKind.Silu, GatedMlp = true,
            Rotary = new RotaryEmbedding(10_000),
        },
        ["llama-biases"] = new ModelConfig
        {
            Architecture = "llama",
            Layers = 2, Width = 10, Heads = 3, KeyValueHeads = 1, HeadWidth = 6, HiddenWidth = 8, VocabularySize = 15, ContextLength = 12,
            Norm = NormKind.RmsNorm, NormEpsilon = 1e-6, Activation = ActivationKind.Silu, GatedMlp = true,
            AttentionInputBias = true, AttentionOutputBias = true, MlpBias = true, TiedEmbeddings = true,
            Rotary = new RotaryEmbedding(100),
        },
        ["gpt2"] = new ModelConfig
        {
            Architecture = "gpt2",
            Layers = 3, Width = 12, Heads = 3, KeyValueHeads = 3, HeadWidth = 4, HiddenWidth = 14, VocabularySize = 19, ContextLength = 12,
            Norm = NormKind.LayerNorm, NormEpsilon = 1e-5, Activation = ActivationKind.GeluTanh, GatedMlp = false,
            AttentionInputBias = true, AttentionOutputBias = true, MlpBias = true, TiedEmbeddings = true,
        },
        ["compiled"] = new ModelConfig
        {
            Architecture = "transformer_lens",
            Layers = 2, Width = 11, Heads = 2, KeyValueHeads = 2, HeadWidth = 5, HiddenWidth = 9, VocabularySize = 7, OutputSize = 6, ContextLength = 12,
            Norm = NormKind.None, NormEpsilon = 0, Activation = ActivationKind.Relu, GatedMlp = false, Bidirectional = true,
            AttentionInputBias = true, AttentionOutputBias = true, MlpBias = true,
        },
        [Number] = new ModelConfig
        {
            Architecture = "transformer_lens",
            Layers = 2, Width = 9, Heads = 1, KeyValueHeads = 1, HeadWidth = 7, HiddenWidth = 3, VocabularySize = 5, OutputSize = 1, ContextLength = 12,
            Norm = NormKind.None, NormEpsilon = 0, Activation = ActivationKind.Relu, GatedMlp = false, Bidirectional = true,
            AttentionInputBias = true, AttentionOutputBias = true, MlpBias = true,
        },
    };

    /// <summary>A model whose one output is a number; not in the lists, for it has no probabilities.</summary>
    public const string Number = "number";

    /// <summary>Names of all of them but <see cref="Number"/>, for theories.</summary>
    public static TheoryData<string> Names => [.. AllNames];

    /// <summary>The same, to combine with others.</summary>
    public static IEnumerable<string> AllNames => Configs.Keys.Where(name => name != Number);

    public static ModelConfig Config(string name) => Configs[name];

    /// <summary>The model of a name; its weights follow from the seed alone.</summary>
    public static Transformer Make(string name, ScalarType precision = ScalarType.Float64, int seed = 1) =>
        new(Config(name), Weights(Config(name), precision, seed));

    public static TransformerWeights Weights(ModelConfig config, ScalarType precision, int seed)
    {
        var random = new RandomWeights(new Random(seed), precision, config.Norm == NormKind.None ? 0.5 : 1);
        var embedding = random.Normal(1, config.VocabularySize, config.Width);
        return new TransformerWeights
        {
            TokenEmbedding = embedding,
            PositionEmbedding = config.Rotary is null ? random.Normal(0.5, config.ContextLength, config.Width) : null,
            Layers = [.. Enumerable.Range(0, config.Layers).Select(_ => Layer(config, random))],
            FinalNorm = random.Norm(config),
            Head = config.TiedEmbeddings ? new LinearMap(embedding) : random.Linear(config.OutputSize, config.Width, bias: false),
        };
    }

    private static LayerWeights Layer(ModelConfig config, RandomWeights random) => new()
    {
        AttentionNorm = random.Norm(config),
        Query = random.Linear(config.AttentionWidth, config.Width, config.AttentionInputBias),
        Key = random.Linear(config.KeyValueWidth, config.Width, config.AttentionInputBias),
        Value = random.Linear(config.KeyValueWidth, config.Width, config.AttentionInputBias),
        Output = random.Linear(config.Width, config.AttentionWidth, config.AttentionOutputBias),
        MlpNorm = random.Norm(config),
        Gate = config.GatedMlp ? random.Linear(config.HiddenWidth, config.Width, config.MlpBias) : null,
        Up = random.Linear(config.HiddenWidth, config.Width, config.MlpBias),
        Down = random.Linear(config.Width, config.HiddenWidth, config.MlpBias),
    };
}
