using System.Text.Json;
using Nodal.Runtime;

namespace Nodal.Models;

/// <summary>Llama in Hugging Face's layout (<c>LlamaForCausalLM</c>).</summary>
internal sealed class LlamaArchitecture : IArchitecture
{
    public string Name => "llama";

    public bool Matches(ModelFiles files) => files.Config is { } config && config.Text("model_type", "") == "llama";

    public ModelConfig ReadConfig(ModelFiles files)
    {
        var config = files.Config!.Value;
        var heads = config.Positive("num_attention_heads");
        var width = config.Positive("hidden_size");
        var attentionBias = config.Flag("attention_bias", false);
        return new ModelConfig
        {
            Architecture = "llama",
            Layers = config.Positive("num_hidden_layers"),
            Width = width,
            Heads = heads,
            KeyValueHeads = config.Positive("num_key_value_heads", heads),
            HeadWidth = config.Positive("head_dim", Math.Max(1, width / heads)),
            HiddenWidth = config.Positive("intermediate_size"),
            VocabularySize = config.Positive("vocab_size"),
            ContextLength = config.Positive("max_position_embeddings", 2048),
            Norm = NormKind.RmsNorm,
            NormEpsilon = config.Number("rms_norm_eps", 1e-6),
            Activation = ActivationNames.Parse(config.Text("hidden_act", "silu")),
            GatedMlp = true,
            AttentionInputBias = attentionBias,
            AttentionOutputBias = attentionBias,
            MlpBias = config.Flag("mlp_bias", false),
            Rotary = ReadRotary(config),
            TiedEmbeddings = config.Flag("tie_word_embeddings", false),
        };
    }

    public TransformerWeights ReadWeights(TensorReader reader, ModelConfig config)
    {
        var embedding = reader.Read("model.embed_tokens.weight", config.VocabularySize, config.Width);
        return new TransformerWeights
        {
            TokenEmbedding = embedding,
            Layers = [.. Enumerable.Range(0, config.Layers).Select(layer => ReadLayer(reader, config, $"model.layers.{layer}"))],
            FinalNorm = reader.Norm("model.norm", config),
            Head = config.TiedEmbeddings
                ? new LinearMap(embedding)
                : reader.Linear("lm_head", config.VocabularySize, config.Width, bias: false),
        };
    }

    private static LayerWeights ReadLayer(TensorReader reader, ModelConfig config, string prefix) => new()
    {
        AttentionNorm = reader.Norm($"{prefix}.input_layernorm", config),
        Query = reader.Linear($"{prefix}.self_attn.q_proj", config.AttentionWidth, config.Width, config.AttentionInputBias),
        Key = reader.Linear($"{prefix}.self_attn.k_proj", config.KeyValueWidth, config.Width, config.AttentionInputBias),
        Value = reader.Linear($"{prefix}.self_attn.v_proj", config.KeyValueWidth, config.Width, config.AttentionInputBias),
        Output = reader.Linear($"{prefix}.self_attn.o_proj", config.Width, config.AttentionWidth, config.AttentionOutputBias),
        MlpNorm = reader.Norm($"{prefix}.post_attention_layernorm", config),
        Gate = reader.Linear($"{prefix}.mlp.gate_proj", config.HiddenWidth, config.Width, config.MlpBias),
        Up = reader.Linear($"{prefix}.mlp.up_proj", config.HiddenWidth, config.Width, config.MlpBias),
        Down = reader.Linear($"{prefix}.mlp.down_proj", config.Width, config.HiddenWidth, config.MlpBias),
    };

    /// <summary>New files keep everything in <c>rope_parameters</c>, older ones in <c>rope_theta</c> and <c>rope_scaling</c>.</summary>
    private static RotaryEmbedding ReadRotary(JsonElement config)
    {
        var parameters = config.Find("rope_parameters") ?? config.Find("rope_scaling") ?? default;
        var theta = parameters.Find("rope_theta") is null ? config.Number("rope_theta", 10_000) : parameters.Number("rope_theta");
        var type = parameters.Text("rope_type", parameters.Text("type", "default"));
        switch (type)
        {
            case "default":
                return new RotaryEmbedding(theta);
            case "linear":
                return new RotaryEmbedding(theta, new RotaryScaling(parameters.Number("factor")));
            case "llama3":
                return new RotaryEmbedding(theta, new RotaryScaling(
                    parameters.Number("factor"), parameters.Number("low_freq_factor"), parameters.Number("high_freq_factor"),
                    parameters.Positive("original_max_position_embeddings")));
            default:
                Throw.Input(
                    "config.json asks for a kind of rotary scaling Nodal does not know", found: $"'{type}'",
                    expected: "'default', 'linear' or 'llama3'", remedy: "Use a model with one of these");
                return null;
        }
    }
}
