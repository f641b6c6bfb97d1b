using Nodal.Models;
using Nodal.Tasks;
using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>Runs what holds no gate: the full model on the clean prompts and the ablated model.</summary>
internal sealed class PairPreparation(Transformer model, IAblation ablation)
{
    /// <summary>Whether the ablated run depends on the pair.</summary>
    public bool PerPair => ablation.PerPair;

    /// <summary>Pairs of one length, prepared, in the caller's dispose scope.</summary>
    public PreparedBatch Prepare(IReadOnlyList<EncodedPair> pairs)
    {
        using var noGradient = no_grad();
        var clean = TokenTensors.Of(pairs, pair => pair.Clean);          // (b, t)
        return new PreparedBatch
        {
            Pairs = [.. pairs],
            Ablated = Ablated(pairs, clean),
            FullLogProbabilities = FullLogProbabilities(clean),
        };
    }

    private AblatedRun Ablated(IReadOnlyList<EncodedPair> pairs, Tensor clean) =>
        ablation.Run(clean, TokenTensors.Of(pairs, pair => pair.Corrupted));

    /// <summary>(b, v).</summary>
    private Tensor FullLogProbabilities(Tensor clean)
    {
        using var scope = NewDisposeScope();
        var x = model.Embed(clean);                                      // (b, t, d)
        for (var layer = 0; layer < model.Config.Layers; layer++)
        {
            x = x + model.AttentionOutput(layer, model.HeadResults(layer, x));
            x = x + model.MlpOutput(layer, model.Hidden(layer, x));
        }

        return model.Logits(x.select(1, x.shape[1] - 1)).log_softmax(-1).MoveToOuterDisposeScope();
    }
}
