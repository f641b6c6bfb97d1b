using System.Text.Json;
using Nodal.Runtime;
using static TorchSharp.torch;

namespace Nodal.Models;

/// <summary>Models in TransformerLens's layout, head by head, without normalisation: transformers compiled by Tracr (Lindner et al. 2023, arXiv 2301.05062) are written so.</summary>
internal sealed class TransformerLensArchitecture : IArchitecture
{
    public string Name => "transformer_lens";

    public bool Matches(ModelFiles files) => files.Config is { } config && config.Text("model_type", "") == Name;

    public ModelConfig ReadConfig(ModelFiles files)
    {
        var config = files.Config!.Value;
        Refuse(config, "normalization_type", "null", config.Find("normalization_type") is null);
        Refuse(config, "attn_only", "false", !config.Flag("attn_only", false));
        Refuse(config, "positional_embedding_type", "'standard'", config.Text("positional_embedding_type", "standard") == "standard");
        var direction = config.Text("attention_dir", "causal");
        Refuse(config, "attention_dir", "'causal' or 'bidirectional'", direction is "causal" or "bidirectional");
        var heads = config.Positive("n_heads");
        var vocabulary = config.Positive("d_vocab");
        return new ModelConfig
        {
            Architecture = Name,
            Layers = config.Positive("n_layers"),
            Width = config.Positive("d_model"),
            Heads = heads,
            KeyValueHeads = heads,
            HeadWidth = config.Positive("d_head"),
            HiddenWidth = config.Positive("d_mlp"),
            VocabularySize = vocabulary,
            OutputSize = config.Positive("d_vocab_out", vocabulary),
            ContextLength = config.Positive("n_ctx"),
            Norm = NormKind.None,
            NormEpsilon = 0,
            Activation = ActivationNames.Parse(config.Text("act_fn", "relu")),
            GatedMlp = false,
            AttentionInputBias = true,
            AttentionOutputBias = true,
            MlpBias = true,
            Bidirectional = direction == "bidirectional",
        };
    }

    public TransformerWeights ReadWeights(TensorReader reader, ModelConfig config) => new()
    {
        TokenEmbedding = reader.Read("embed.W_E", config.VocabularySize, config.Width),
        PositionEmbedding = reader.Read("pos_embed.W_pos", config.ContextLength, config.Width),
        Layers = [.. Enumerable.Range(0, config.Layers).Select(layer => ReadLayer(reader, config, $"blocks.{layer}"))],
        FinalNorm = NormWeights.Identity(config.Width, reader.Precision),
        Head = new LinearMap(
            Transposed(reader, "unembed.W_U", config.Width, config.OutputSize), reader.Has("unembed.b_U") ? reader.Read("unembed.b_U", config.OutputSize) : null),
    };

    private static LayerWeights ReadLayer(TensorReader reader, ModelConfig config, string prefix) => new()
    {
        AttentionNorm = NormWeights.Identity(config.Width, reader.Precision),
        Query = OfHeads(reader, config, prefix, "Q"),
        Key = OfHeads(reader, config, prefix, "K"),
        Value = OfHeads(reader, config, prefix, "V"),
        Output = new LinearMap(ReadOutput(reader, config, $"{prefix}.attn.W_O"), reader.Read($"{prefix}.attn.b_O", config.Width)),
        MlpNorm = NormWeights.Identity(config.Width, reader.Precision),
        Up = new LinearMap(Transposed(reader, $"{prefix}.mlp.W_in", config.Width, config.HiddenWidth), reader.Read($"{prefix}.mlp.b_in", config.HiddenWidth)),
        Down = new LinearMap(Transposed(reader, $"{prefix}.mlp.W_out", config.HiddenWidth, config.Width), reader.Read($"{prefix}.mlp.b_out", config.Width)),
    };

    /// <summary>(head, d, e) as one map d → H e.</summary>
    private static LinearMap OfHeads(TensorReader reader, ModelConfig config, string prefix, string kind)
    {
        using var weight = reader.Read($"{prefix}.attn.W_{kind}", config.Heads, config.Width, config.HeadWidth);
        using var bias = reader.Read($"{prefix}.attn.b_{kind}", config.Heads, config.HeadWidth);
        using var across = weight.transpose(1, 2);                       // (head, e, d)
        using var joined = across.reshape(config.AttentionWidth, config.Width);
        using var biases = bias.view(config.AttentionWidth);
        return new LinearMap(joined.clone(), biases.clone());
    }

    /// <summary>(head, e, d) as (d, H e).</summary>
    private static Tensor ReadOutput(TensorReader reader, ModelConfig config, string name)
    {
        using var stored = reader.Read(name, config.Heads, config.HeadWidth, config.Width);
        using var joined = stored.view(config.AttentionWidth, config.Width);
        using var transposed = joined.t();
        return transposed.contiguous();
    }

    private static Tensor Transposed(TensorReader reader, string name, int inputs, int outputs)
    {
        using var stored = reader.Read(name, inputs, outputs);
        using var transposed = stored.t();
        return transposed.contiguous();
    }

    private static void Refuse(JsonElement config, string name, string expected, bool good)
    {
        if (!good)
        {
            Throw.Input(
                "config.json asks for a variant of TransformerLens's layout Nodal does not know", found: $"{name} = {config.Find(name)}", expected: $"{name} = {expected}",
                remedy: "Use a compiled transformer, or save the model in Hugging Face's layout");
        }
    }
}
