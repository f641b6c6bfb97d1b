using Nodal.Models;

namespace Nodal.Benchmarks;

/// <summary>Shapes of models whose weights are random: what a step costs does not depend on what the model has learned.</summary>
internal static class ModelShapes
{
    /// <summary>GPT-2 small.</summary>
    public static ModelConfig Gpt2Small { get; } = Gpt2(layers: 12, width: 768, heads: 12, vocabulary: 50_257);

    /// <summary>A GPT-2 with learned positions, LayerNorm, biases and tied embeddings; its MLP is four times as wide as its stream.</summary>
    public static ModelConfig Gpt2(int layers, int width, int heads, int vocabulary) => new()
    {
        Architecture = "gpt2",
        Layers = layers, Width = width, Heads = heads, KeyValueHeads = heads, HeadWidth = width / heads, HiddenWidth = 4 * width,
        VocabularySize = vocabulary, ContextLength = 1024,
        Norm = NormKind.LayerNorm, NormEpsilon = 1e-5, Activation = ActivationKind.GeluTanh, GatedMlp = false,
        AttentionInputBias = true, AttentionOutputBias = true, MlpBias = true, TiedEmbeddings = true,
    };

    /// <summary>A Llama of a few thousand parameters, with grouped queries.</summary>
    public static ModelConfig TinyLlama { get; } = new()
    {
        Architecture = "llama",
        Layers = 2, Width = 24, Heads = 4, KeyValueHeads = 2, HeadWidth = 6, HiddenWidth = 40, VocabularySize = 61, ContextLength = 1024,
        Norm = NormKind.RmsNorm, NormEpsilon = 1e-6, Activation = ActivationKind.Silu, GatedMlp = true,
        Rotary = new RotaryEmbedding(10_000),
    };
}
