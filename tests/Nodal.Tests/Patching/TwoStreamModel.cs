using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using static TorchSharp.torch;

namespace Nodal.Tests.Patching;

/// <summary>
/// The published form, written as it is read: the corrupted prompts run beside the clean ones, and every node's value v becomes g v + (1 − g) a. No delta, no
/// shortcut; what the engines are tested against.
/// </summary>
internal sealed class TwoStreamModel(Transformer model, AblationKind ablation, MeanPositions positions = MeanPositions.All)
{
    private readonly GateLayout _layout = new(model.Config);

    /// <summary>(b, t, v), in the caller's dispose scope.</summary>
    /// <param name="clean">(b, t).</param>
    /// <param name="corrupted">(b, t).</param>
    /// <param name="gates">(gates).</param>
    public Tensor Logits(Tensor clean, Tensor corrupted, double[] gates)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var (x, beside) = (model.Embed(clean), model.Embed(corrupted));
        for (var layer = 0; layer < model.Config.Layers; layer++)
        {
            var ablatedHeads = model.HeadResults(layer, beside);                                          // (b, t, z)
            var ablatedAttention = model.AttentionOutput(layer, ablatedHeads);                            // (b, t, d)
            var heads = Mix(Gate(gates, Granularity.AttentionNeuron, layer), model.HeadResults(layer, x), ablatedHeads);
            heads = Mix(Gate(gates, Granularity.Head, layer).repeat_interleave(model.Config.HeadWidth), heads, ablatedHeads);
            x = x + Mix(Gate(gates, Granularity.AttentionBlock, layer), model.AttentionOutput(layer, heads), ablatedAttention);
            beside = beside + ablatedAttention;

            var ablatedHidden = model.Hidden(layer, beside);                                              // (b, t, h)
            var ablatedMlp = model.MlpOutput(layer, ablatedHidden);                                       // (b, t, d)
            var hidden = Mix(Gate(gates, Granularity.MlpHidden, layer), model.Hidden(layer, x), ablatedHidden);
            var written = Mix(Gate(gates, Granularity.MlpOutput, layer), model.MlpOutput(layer, hidden), ablatedMlp);
            x = x + Mix(Gate(gates, Granularity.MlpBlock, layer), written, ablatedMlp);
            beside = beside + ablatedMlp;
        }

        return model.Logits(x).MoveToOuterDisposeScope();
    }

    /// <param name="gate">Broadcast over the last dimension.</param>
    /// <param name="value">(b, t, …).</param>
    /// <param name="corrupted">(b, t, …).</param>
    private Tensor Mix(Tensor gate, Tensor value, Tensor corrupted)
    {
        var ablated = ablation switch
        {
            AblationKind.Counterfactual => corrupted,
            AblationKind.Mean or AblationKind.Learned when positions == MeanPositions.All => corrupted.mean([0, 1], keepdim: true),
            AblationKind.Mean or AblationKind.Learned => MeansOfClasses(corrupted),
            _ => zeros_like(corrupted),
        };
        return (gate * value) + ((1 - gate) * ablated);
    }

    /// <summary>(1, t, …): at the first and last position its own mean over prompts, at all others theirs over prompts and positions.</summary>
    private static Tensor MeansOfClasses(Tensor values)
    {
        var (last, length) = (values.shape[1] - 1, values.shape[1]);
        var between = values.narrow(1, 1, length - 2).mean([0, 1], keepdim: true);               // (1, 1, …)
        return cat([values.narrow(1, 0, 1).mean([0], keepdim: true), between.expand(1, length - 2, -1), values.narrow(1, last, 1).mean([0], keepdim: true)], 1);
    }

    private Tensor Gate(double[] gates, Granularity granularity, int layer) => tensor(gates[_layout.Span(granularity, layer)]).to(model.Precision);
}
