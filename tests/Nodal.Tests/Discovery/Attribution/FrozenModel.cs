using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using static TorchSharp.torch;

namespace Nodal.Tests.Discovery.Attribution;

/// <summary>
/// The gated model with what RelP holds constant really constant: norm scales, activation ratios and each second factor of a gated MLP are those of one recorded run. Its plain differences are what the
/// rules' gradients must be.
/// </summary>
internal sealed class FrozenModel(Transformer model, GateLayout layout, PreparedBatch batch)
{
    private readonly Dictionary<string, Tensor> _recorded = [];

    /// <summary>Logits at the answer position; the first call records.</summary>
    /// <param name="gates">(gates).</param>
    /// <returns>(b, v).</returns>
    public Tensor AnswerLogits(double[] gates)
    {
        var tensors = new GateTensors(layout, gates, model.Precision, gradient: false);
        var delta = batch.Ablated.InitialDelta;
        for (var layer = 0; layer < model.Config.Layers; layer++)
        {
            var here = batch.Ablated.At(layer);
            var z = HeadResults(layer, here.StreamBeforeAttention + delta);
            delta = delta + model.ProjectHeads(layer, tensors.Attention(layer) * (z - here.Heads));
            var h = Hidden(layer, here.StreamBeforeMlp + delta);
            delta = delta + (tensors.Output(layer) * model.ProjectHidden(layer, tensors.Hidden(layer) * (h - here.Hidden)));
        }

        var last = (batch.Ablated.FinalAtPositions() + delta)[TensorIndex.Colon, -1];
        return model.Weights.Head.Apply(Normalize("final", last, model.Weights.FinalNorm));
    }

    private Tensor HeadResults(int layer, Tensor x)
    {
        // Attention as the model has it, of the stream normalised here: a norm of scale 1 would do it again, so the parts are put together by hand.
        var (config, weights) = (model.Config, model.Weights.Layers[layer]);
        var normed = Normalize($"attention {layer}", x, weights.AttentionNorm);
        var (b, t) = (x.shape[0], x.shape[1]);
        Tensor Split(Tensor projected, int heads) => projected.view(b, t, heads, config.HeadWidth).transpose(1, 2);
        var positions = config.Rotary is { } rotary ? new RotaryTable(rotary.Frequencies(config.HeadWidth), 16, model.Precision) : null;
        Tensor Rotate(Tensor heads) => positions?.Apply(heads) ?? heads;
        var query = Rotate(Split(weights.Query.Apply(normed), config.Heads));
        var key = Rotate(Split(weights.Key.Apply(normed), config.KeyValueHeads)).repeat_interleave(config.GroupSize, 1);
        var value = Split(weights.Value.Apply(normed), config.KeyValueHeads).repeat_interleave(config.GroupSize, 1);
        var future = ones(t, t, ScalarType.Bool).triu(1);
        var pattern = (query.matmul(key.transpose(-1, -2)) / Math.Sqrt(config.HeadWidth)).masked_fill(future, double.NegativeInfinity).softmax(-1);
        return pattern.matmul(value).transpose(1, 2).reshape(b, t, config.AttentionWidth);
    }

    private Tensor Hidden(int layer, Tensor x)
    {
        var weights = model.Weights.Layers[layer];
        var normed = Normalize($"mlp {layer}", x, weights.MlpNorm);
        var up = weights.Up.Apply(normed);
        if (weights.Gate is not { } map)
        {
            return up * Recorded($"ratio {layer}", () => Activate(up) / up);
        }

        var gate = map.Apply(normed);
        var activated = gate * Recorded($"ratio {layer}", () => Activate(gate) / gate);
        return ((activated * Recorded($"up {layer}", () => up)) + (Recorded($"activated {layer}", () => activated) * up)) / 2;
    }

    private Tensor Normalize(string place, Tensor x, NormWeights norm)
    {
        var centred = model.Config.Norm == NormKind.LayerNorm ? x - x.mean([-1], keepdim: true) : x;
        var scale = Recorded(place, () => (centred.square().mean([-1], keepdim: true) + model.Config.NormEpsilon).rsqrt());
        return (centred * scale * norm.Scale) + (norm.Shift ?? zeros(1, model.Precision));
    }

    private Tensor Activate(Tensor x) => model.Config.Activation == ActivationKind.Silu ? nn.functional.silu(x) : Activations.GeluTanh(x);

    private Tensor Recorded(string place, Func<Tensor> value) => _recorded.TryGetValue(place, out var kept) ? kept : _recorded[place] = value();
}
