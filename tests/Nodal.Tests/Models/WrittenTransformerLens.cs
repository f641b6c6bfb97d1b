using System.Text.Json.Nodes;
using Nodal.Models;
using Nodal.Tests.Weights;
using static TorchSharp.torch;

namespace Nodal.Tests.Models;

/// <summary>Writes a compiled transformer of memory to files in TransformerLens's layout.</summary>
internal static class WrittenTransformerLens
{
    /// <summary>Of the tiny model <c>compiled</c>.</summary>
    public const string Configuration = """
        {
          "model_type": "transformer_lens", "n_layers": 2, "n_ctx": 12, "d_model": 11, "d_head": 5, "n_heads": 2, "d_mlp": 9, "attn_only": false, "act_fn": "relu", "d_vocab": 7, "d_vocab_out": 6,
          "normalization_type": null, "positional_embedding_type": "standard", "attention_dir": "bidirectional", "vocab": ["a", "b", "c", "d", "e", "start", "compiler_pad"], "bos": "start"
        }
        """;

    /// <summary>Writes weights and the configuration with some fields changed.</summary>
    public static void Write(TemporaryFolder folder, ModelConfig config, TransformerWeights weights, string change)
    {
        var configuration = JsonNode.Parse(Configuration)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            configuration[name] = value?.DeepClone();
        }

        using var scope = NewDisposeScope();
        File.WriteAllText(folder.At("config.json"), configuration.ToJsonString());
        WrittenLlama.Safetensors(folder, Tensors(config, weights));
    }

    private static IEnumerable<(string Name, Tensor Values)> Tensors(ModelConfig config, TransformerWeights weights)
    {
        Tensor OfHeads(LinearMap map) => map.Weight.view(config.Heads, config.HeadWidth, config.Width).transpose(1, 2).contiguous();
        yield return ("embed.W_E", weights.TokenEmbedding);
        yield return ("pos_embed.W_pos", weights.PositionEmbedding!);
        yield return ("unembed.W_U", weights.Head.Weight.t().contiguous());
        foreach (var (index, layer) in weights.Layers.Index())
        {
            foreach (var (map, kind) in new[] { (layer.Query, "Q"), (layer.Key, "K"), (layer.Value, "V") })
            {
                yield return ($"blocks.{index}.attn.W_{kind}", OfHeads(map));
                yield return ($"blocks.{index}.attn.b_{kind}", map.Bias!.view(config.Heads, config.HeadWidth));
            }

            yield return ($"blocks.{index}.attn.W_O", layer.Output.Weight.t().contiguous().view(config.Heads, config.HeadWidth, config.Width));
            yield return ($"blocks.{index}.attn.b_O", layer.Output.Bias!);
            yield return ($"blocks.{index}.mlp.W_in", layer.Up.Weight.t().contiguous());
            yield return ($"blocks.{index}.mlp.b_in", layer.Up.Bias!);
            yield return ($"blocks.{index}.mlp.W_out", layer.Down.Weight.t().contiguous());
            yield return ($"blocks.{index}.mlp.b_out", layer.Down.Bias!);
        }
    }
}
