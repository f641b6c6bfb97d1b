using System.Globalization;
using Nodal.Runtime;
using static TorchSharp.torch;

namespace Nodal.Models;

/// <summary>Llama in GGUF: metadata under <c>llama.*</c>, query and key rows interleaved for ggml's rotation of neighbouring dimensions.</summary>
internal sealed class LlamaGgufArchitecture : IArchitecture
{
    public string Name => "llama (GGUF)";

    public bool Matches(ModelFiles files) =>
        files.Config is null && files.Weights.Metadata.TryGetValue("general.architecture", out var name) && name is "llama";

    public ModelConfig ReadConfig(ModelFiles files)
    {
        var metadata = files.Weights.Metadata;
        var heads = Positive(metadata, "llama.attention.head_count");
        var width = Positive(metadata, "llama.embedding_length");
        var entries = files.Weights.Entries;
        return new ModelConfig
        {
            Architecture = "llama",
            Layers = Positive(metadata, "llama.block_count"),
            Width = width,
            Heads = heads,
            KeyValueHeads = Positive(metadata, "llama.attention.head_count_kv", heads),
            HeadWidth = Positive(metadata, "llama.attention.key_length", Math.Max(1, width / heads)),
            HiddenWidth = Positive(metadata, "llama.feed_forward_length"),
            VocabularySize = entries.TryGetValue("token_embd.weight", out var embedding) && embedding.Shape.Length == 2
                ? checked((int)embedding.Shape[0])
                : Positive(metadata, "llama.vocab_size"),
            ContextLength = Positive(metadata, "llama.context_length"),
            Norm = NormKind.RmsNorm,
            NormEpsilon = Number(metadata, "llama.attention.layer_norm_rms_epsilon", 1e-5),
            Activation = ActivationKind.Silu,
            GatedMlp = true,
            AttentionInputBias = entries.ContainsKey("blk.0.attn_q.bias"),
            AttentionOutputBias = entries.ContainsKey("blk.0.attn_output.bias"),
            MlpBias = entries.ContainsKey("blk.0.ffn_down.bias"),
            Rotary = ReadRotary(files),
            TiedEmbeddings = !entries.ContainsKey("output.weight"),
        };
    }

    public TransformerWeights ReadWeights(TensorReader reader, ModelConfig config)
    {
        var embedding = reader.Read("token_embd.weight", config.VocabularySize, config.Width);
        return new TransformerWeights
        {
            TokenEmbedding = embedding,
            Layers = [.. Enumerable.Range(0, config.Layers).Select(layer => ReadLayer(reader, config, $"blk.{layer}"))],
            FinalNorm = reader.Norm("output_norm", config),
            Head = config.TiedEmbeddings
                ? new LinearMap(embedding)
                : reader.Linear("output", config.VocabularySize, config.Width, bias: false),
        };
    }

    private static LayerWeights ReadLayer(TensorReader reader, ModelConfig config, string prefix) => new()
    {
        AttentionNorm = reader.Norm($"{prefix}.attn_norm", config),
        Query = HalfSplit(reader.Linear($"{prefix}.attn_q", config.AttentionWidth, config.Width, config.AttentionInputBias), config.Heads),
        Key = HalfSplit(reader.Linear($"{prefix}.attn_k", config.KeyValueWidth, config.Width, config.AttentionInputBias), config.KeyValueHeads),
        Value = reader.Linear($"{prefix}.attn_v", config.KeyValueWidth, config.Width, config.AttentionInputBias),
        Output = reader.Linear($"{prefix}.attn_output", config.Width, config.AttentionWidth, config.AttentionOutputBias),
        MlpNorm = reader.Norm($"{prefix}.ffn_norm", config),
        Gate = reader.Linear($"{prefix}.ffn_gate", config.HiddenWidth, config.Width, config.MlpBias),
        Up = reader.Linear($"{prefix}.ffn_up", config.HiddenWidth, config.Width, config.MlpBias),
        Down = reader.Linear($"{prefix}.ffn_down", config.Width, config.HiddenWidth, config.MlpBias),
    };

    /// <summary>Rows (pair, side) of each head become (side, pair): from rotation of neighbours to rotation of halves.</summary>
    private static LinearMap HalfSplit(LinearMap interleaved, int heads)
    {
        using (interleaved)
        using (var scope = NewDisposeScope())
        {
            Tensor Permute(Tensor rows)
            {
                var shape = rows.shape;
                return rows.reshape([heads, shape[0] / heads / 2, 2, .. shape[1..]]).transpose(1, 2).reshape(shape).contiguous().DetachFromDisposeScope();
            }

            return new LinearMap(Permute(interleaved.Weight), interleaved.Bias is { } bias ? Permute(bias) : null);
        }
    }

    private static RotaryEmbedding ReadRotary(ModelFiles files)
    {
        var metadata = files.Weights.Metadata;
        var scaling = metadata.TryGetValue("llama.rope.scaling.type", out var type) ? type as string : "none";
        if (files.Weights.Entries.ContainsKey("rope_freqs.weight") || scaling is not ("none" or null))
        {
            Throw.Input(
                "the GGUF asks for scaled rotary positions", found: scaling is "none" ? "a table rope_freqs.weight" : $"scaling '{scaling}'",
                expected: "unscaled rotary positions", remedy: "Use the model in safetensors layout, whose scaling Nodal reads");
        }

        return new RotaryEmbedding(Number(metadata, "llama.rope.freq_base", 10_000));
    }

    private static int Positive(IReadOnlyDictionary<string, object> metadata, string key, int? fallback = null)
    {
        var value = Number(metadata, key, fallback);
        if (value is < 1 or > 1 << 24 || value != Math.Floor(value))
        {
            Throw.Input(
                $"the GGUF has no usable '{key}'", found: value.ToString(CultureInfo.InvariantCulture),
                expected: "a whole number from 1 to 16777216", remedy: "Take an intact file");
        }

        return (int)value;
    }

    private static double Number(IReadOnlyDictionary<string, object> metadata, string key, double? fallback)
    {
        if (metadata.TryGetValue(key, out var value) && value is IConvertible and not string and not bool)
        {
            return Convert.ToDouble(value, CultureInfo.InvariantCulture);
        }

        if (fallback is null)
        {
            Throw.Input(
                $"the GGUF lacks '{key}'", found: value is null ? "no such key" : value.GetType().Name, expected: "a number",
                remedy: "Take an intact file");
        }

        return fallback.Value;
    }
}
