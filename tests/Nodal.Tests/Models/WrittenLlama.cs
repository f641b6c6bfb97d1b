using System.Runtime.InteropServices;
using Nodal.Models;
using Nodal.Tests.Weights;
using Nodal.Weights;
using static TorchSharp.torch;

namespace Nodal.Tests.Models;

/// <summary>Writes a Llama of memory to files, so that what reads them can be compared with it.</summary>
internal static class WrittenLlama
{
    public const string Config = """
        {
          "model_type": "llama", "num_hidden_layers": 2, "hidden_size": 10, "num_attention_heads": 3, "num_key_value_heads": 1, "head_dim": 6,
          "intermediate_size": 8, "vocab_size": 15, "max_position_embeddings": 12, "rms_norm_eps": 1e-6, "hidden_act": "silu", "rope_theta": 100,
          "attention_bias": true, "mlp_bias": true, "tie_word_embeddings": true
        }
        """;

    /// <summary>Hugging Face's names and row order.</summary>
    public static string Safetensors(TemporaryFolder folder, IEnumerable<(string Name, Tensor Values)> tensors)
    {
        var writer = new SafetensorsWriter();
        foreach (var (name, values) in tensors)
        {
            writer.Add(name, values.data<float>().ToArray(), values.shape);
        }

        using var stream = File.Create(folder.At("model.safetensors"));
        writer.WriteTo(stream);
        return stream.Name;
    }

    /// <summary>GGUF's names, shapes reversed, query and key rows interleaved.</summary>
    public static string Gguf(TemporaryFolder folder, ModelConfig config, IEnumerable<(string Name, Tensor Values)> tensors, Action<GgufBytes>? more = null)
    {
        var file = new GgufBytes();
        void Number(string key, int value) => file.Key($"llama.{key}", 4, writer => writer.Write((uint)value));
        file.Key("general.architecture", 8, writer => GgufBytes.Text(writer, "llama"));
        Number("block_count", config.Layers);
        Number("embedding_length", config.Width);
        Number("attention.head_count", config.Heads);
        Number("attention.head_count_kv", config.KeyValueHeads);
        Number("attention.key_length", config.HeadWidth);
        Number("feed_forward_length", config.HiddenWidth);
        Number("context_length", config.ContextLength);
        file.Key("llama.attention.layer_norm_rms_epsilon", 6, writer => writer.Write((float)config.NormEpsilon));
        file.Key("llama.rope.freq_base", 6, writer => writer.Write((float)config.Rotary!.Theta));
        more?.Invoke(file);
        ulong offset = 0;
        foreach (var (name, values) in tensors)
        {
            var rows = name.Contains("attn_q.", StringComparison.Ordinal) || name.Contains("attn_k.", StringComparison.Ordinal) ? Interleaved(values, config.HeadWidth) : values;
            var bytes = MemoryMarshal.AsBytes<float>(rows.contiguous().data<float>().ToArray()).ToArray();
            var padding = (32 - (bytes.Length % 32)) % 32;
            file.Tensor(name, 0, offset, [.. values.shape.Reverse().Select(size => (ulong)size)]).Data([.. bytes, .. new byte[padding]]);
            offset += (ulong)(bytes.Length + padding);
        }

        return folder.Write("model.gguf", file.Build());
    }

    /// <summary>All tensors under Hugging Face's names.</summary>
    public static IEnumerable<(string Name, Tensor Values)> HuggingFaceNames(TransformerWeights weights) => Named(
        weights, "model.embed_tokens", "model.norm", layer => $"model.layers.{layer}",
        ["input_layernorm", "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj", "post_attention_layernorm", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"]);

    /// <summary>All tensors under GGUF's names.</summary>
    public static IEnumerable<(string Name, Tensor Values)> GgufNames(TransformerWeights weights) => Named(
        weights, "token_embd", "output_norm", layer => $"blk.{layer}",
        ["attn_norm", "attn_q", "attn_k", "attn_v", "attn_output", "ffn_norm", "ffn_gate", "ffn_up", "ffn_down"]);

    private static IEnumerable<(string Name, Tensor Values)> Named(
        TransformerWeights weights, string embedding, string norm, Func<int, string> prefix, string[] parts)
    {
        yield return ($"{embedding}.weight", weights.TokenEmbedding);
        yield return ($"{norm}.weight", weights.FinalNorm.Scale);
        foreach (var (index, layer) in weights.Layers.Index())
        {
            LinearMap[] maps = [new(layer.AttentionNorm.Scale), layer.Query, layer.Key, layer.Value, layer.Output, new(layer.MlpNorm.Scale), layer.Gate!, layer.Up, layer.Down];
            foreach (var (map, part) in maps.Zip(parts))
            {
                yield return ($"{prefix(index)}.{part}.weight", map.Weight);
                if (map.Bias is { } bias)
                {
                    yield return ($"{prefix(index)}.{part}.bias", bias);
                }
            }
        }
    }

    /// <summary>Dimension i and i + half of a head come to stand beside each other.</summary>
    private static Tensor Interleaved(Tensor rows, int headWidth) =>
        rows.reshape([rows.shape[0] / headWidth, 2, headWidth / 2, .. rows.shape[1..]]).transpose(1, 2).reshape(rows.shape);
}
