using System.Text.Json;
using Nodal.Runtime;

namespace Nodal.Models;

/// <summary>GPT-2 in Hugging Face's layout (<c>GPT2LMHeadModel</c>): fused queries, keys and values, weights stored (in, out).</summary>
internal sealed class Gpt2Architecture : IArchitecture
{
    public string Name => "gpt2";

    public bool Matches(ModelFiles files) => files.Config is { } config && config.Text("model_type", "") == "gpt2";

    public ModelConfig ReadConfig(ModelFiles files)
    {
        var config = files.Config!.Value;
        Refuse(config, "scale_attn_by_inverse_layer_idx", expected: false);
        Refuse(config, "scale_attn_weights", expected: true);
        var heads = config.Positive("n_head");
        var width = config.Positive("n_embd");
        return new ModelConfig
        {
            Architecture = "gpt2",
            Layers = config.Positive("n_layer"),
            Width = width,
            Heads = heads,
            KeyValueHeads = heads,
            HeadWidth = Math.Max(1, width / heads),
            HiddenWidth = config.Positive("n_inner", 4 * width),
            VocabularySize = config.Positive("vocab_size"),
            ContextLength = config.Positive("n_positions", 1024),
            Norm = NormKind.LayerNorm,
            NormEpsilon = config.Number("layer_norm_epsilon", 1e-5),
            Activation = ActivationNames.Parse(config.Text("activation_function", "gelu_new")),
            GatedMlp = false,
            AttentionInputBias = true,
            AttentionOutputBias = true,
            MlpBias = true,
            TiedEmbeddings = config.Flag("tie_word_embeddings", true),
        };
    }

    public TransformerWeights ReadWeights(TensorReader reader, ModelConfig config)
    {
        var root = reader.Has("transformer.wte.weight") ? "transformer." : "";
        var embedding = reader.Read($"{root}wte.weight", config.VocabularySize, config.Width);
        return new TransformerWeights
        {
            TokenEmbedding = embedding,
            PositionEmbedding = reader.Read($"{root}wpe.weight", config.ContextLength, config.Width),
            Layers = [.. Enumerable.Range(0, config.Layers).Select(layer => ReadLayer(reader, config, $"{root}h.{layer}"))],
            FinalNorm = reader.Norm($"{root}ln_f", config),
            Head = config.TiedEmbeddings
                ? new LinearMap(embedding)
                : reader.Linear("lm_head", config.VocabularySize, config.Width, bias: false),
        };
    }

    private static LayerWeights ReadLayer(TensorReader reader, ModelConfig config, string prefix)
    {
        var fused = Transposed(reader, $"{prefix}.attn.c_attn", 3 * config.Width, config.Width);
        using (fused)
        {
            LinearMap Part(int index)
            {
                using var weight = fused.Weight.narrow(0, index * config.Width, config.Width);
                using var bias = fused.Bias!.narrow(0, index * config.Width, config.Width);
                return new LinearMap(weight.clone(), bias.clone());
            }

            return new LayerWeights
            {
                AttentionNorm = reader.Norm($"{prefix}.ln_1", config),
                Query = Part(0),
                Key = Part(1),
                Value = Part(2),
                Output = Transposed(reader, $"{prefix}.attn.c_proj", config.Width, config.Width),
                MlpNorm = reader.Norm($"{prefix}.ln_2", config),
                Up = Transposed(reader, $"{prefix}.mlp.c_fc", config.HiddenWidth, config.Width),
                Down = Transposed(reader, $"{prefix}.mlp.c_proj", config.Width, config.HiddenWidth),
            };
        }
    }

    private static LinearMap Transposed(TensorReader reader, string prefix, int outputs, int inputs)
    {
        using var stored = reader.Read($"{prefix}.weight", inputs, outputs);
        using var transposed = stored.t();
        return new LinearMap(transposed.contiguous(), reader.Read($"{prefix}.bias", outputs));
    }

    private static void Refuse(JsonElement config, string name, bool expected)
    {
        if (config.Flag(name, expected) != expected)
        {
            Throw.Input(
                "config.json asks for a variant of GPT-2 Nodal does not know", found: $"{name} = {!expected}",
                expected: $"{name} = {expected}", remedy: "Use a model with the usual attention scale");
        }
    }
}
