using Nodal.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>Means of head results and hidden activations over all positions of some prompts.</summary>
internal static class ActivationMeans
{
    /// <summary>Per layer, the means of z as (1, 1, z) and of h as (1, 1, h), in the caller's dispose scope.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompts">Batches, each (b, t) int64; at least one.</param>
    public static (Tensor Heads, Tensor Hidden)[] Over(Transformer model, IEnumerable<Tensor> prompts)
    {
        var sums = Enumerable.Range(0, model.Config.Layers).Select(_ => (
            Heads: zeros(1, 1, model.Config.AttentionWidth, dtype: ScalarType.Float64),
            Hidden: zeros(1, 1, model.Config.HiddenWidth, dtype: ScalarType.Float64))).ToArray();
        long positions = 0;
        foreach (var tokens in prompts)
        {
            positions += tokens.numel();
            Add(model, tokens, sums);
        }

        using var count = ((double)positions).ToScalar();
        return Array.ConvertAll(sums, sum => (sum.Heads.div(count).to(model.Precision), sum.Hidden.div(count).to(model.Precision)));
    }

    private static void Add(Transformer model, Tensor tokens, (Tensor Heads, Tensor Hidden)[] sums)
    {
        using var scope = NewDisposeScope();
        var x = model.Embed(tokens);                                     // (b, t, d)
        for (var layer = 0; layer < sums.Length; layer++)
        {
            var heads = model.HeadResults(layer, x);                     // (b, t, z)
            sums[layer].Heads.add_(heads.sum([0, 1], keepdim: true, type: ScalarType.Float64));
            x = x + model.AttentionOutput(layer, heads);
            var hidden = model.Hidden(layer, x);                         // (b, t, h)
            sums[layer].Hidden.add_(hidden.sum([0, 1], keepdim: true, type: ScalarType.Float64));
            x = x + model.MlpOutput(layer, hidden);
        }
    }
}
