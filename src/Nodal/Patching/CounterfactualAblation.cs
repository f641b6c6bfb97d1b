using Nodal.Models;
using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>Closed nodes have their activation on the corrupted prompt (interchange intervention, Geiger et al. 2021, arXiv 2106.02997).</summary>
internal sealed class CounterfactualAblation(Transformer model) : IAblation
{
    public bool PerPair => true;

    public AblatedRun Run(Tensor clean, Tensor corrupted, int answerPosition)
    {
        var x = model.Embed(corrupted);                                  // (b, t, d)
        var delta = model.Embed(clean).Minus(x);                         // (b, t, d)
        var layers = new AblatedLayer[model.Config.Layers];
        for (var layer = 0; layer < layers.Length; layer++)
        {
            var beforeAttention = x;
            var heads = model.HeadResults(layer, x);                     // (b, t, z)
            x = x.Plus(model.AttentionOutput(layer, heads));
            var beforeMlp = x;
            var hidden = model.Hidden(layer, x);                         // (b, t, h)
            x = x.Plus(model.MlpOutput(layer, hidden));
            layers[layer] = new AblatedLayer
            {
                StreamBeforeAttention = beforeAttention, Heads = heads, StreamBeforeMlp = beforeMlp, Hidden = hidden,
            };
        }

        return new AblatedRun { InitialDelta = delta, Layers = [.. layers], FinalStream = x, AnswerPosition = answerPosition };
    }

    public void Dispose()
    {
        // The model belongs to the caller.
    }
}
