using Nodal.Models;
using Nodal.Tests.Weights;
using static TorchSharp.torch;

namespace Nodal.Tests.Models;

public sealed class Gpt2FilesTests : IDisposable
{
    private const string Configuration = """
        { "model_type": "gpt2", "n_layer": 3, "n_embd": 12, "n_head": 3, "n_inner": 14, "vocab_size": 19, "n_positions": 12 }
        """;

    private static readonly ModelConfig Config = TinyModels.Config("gpt2");

    private readonly TemporaryFolder _folder = new();

    public Gpt2FilesTests()
    {
        using var scope = NewDisposeScope();
        File.WriteAllText(_folder.At("config.json"), Configuration);
        WrittenLlama.Safetensors(_folder, Tensors(TinyModels.Weights(Config, ScalarType.Float32, seed: 1)));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_with_fused_queries_keys_and_values_is_the_model_that_was_written() => ReadModels.ShouldBeTheModel(_folder.Path, "gpt2");

    // Two embeddings, 16 tensors of each layer, scale and shift of the final norm; the head is the embedding.
    [Fact]
    public void Reading_it_leaves_no_tensor_but_its_weights() => ReadModels.ShouldLeaveOnly(_folder.Path, weights: 2 + (16 * Config.Layers) + 2);

    /// <summary>All tensors under Hugging Face's names, maps as (in, out).</summary>
    private static IEnumerable<(string Name, Tensor Values)> Tensors(TransformerWeights weights)
    {
        yield return ("wte.weight", weights.TokenEmbedding);
        yield return ("wpe.weight", weights.PositionEmbedding!);
        foreach (var (index, layer) in weights.Layers.Index())
        {
            foreach (var (map, part) in new[] { (Fused(layer), "attn.c_attn"), (layer.Output, "attn.c_proj"), (layer.Up, "mlp.c_fc"), (layer.Down, "mlp.c_proj") })
            {
                yield return ($"h.{index}.{part}.weight", map.Weight.t().contiguous());
                yield return ($"h.{index}.{part}.bias", map.Bias!);
            }

            foreach (var (norm, part) in new[] { (layer.AttentionNorm, "ln_1"), (layer.MlpNorm, "ln_2") })
            {
                yield return ($"h.{index}.{part}.weight", norm.Scale);
                yield return ($"h.{index}.{part}.bias", norm.Shift!);
            }
        }

        yield return ("ln_f.weight", weights.FinalNorm.Scale);
        yield return ("ln_f.bias", weights.FinalNorm.Shift!);
    }

    private static LinearMap Fused(LayerWeights layer) => new(
        cat([layer.Query.Weight, layer.Key.Weight, layer.Value.Weight], 0), cat([layer.Query.Bias!, layer.Key.Bias!, layer.Value.Bias!], 0));
}
