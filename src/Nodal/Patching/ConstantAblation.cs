using System.Collections.Immutable;
using Nodal.Models;
using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>Closed nodes have a constant: the ablated stream is a sum of constants, and δ starts at the whole clean embedding.</summary>
internal sealed class ConstantAblation : IAblation
{
    private readonly Transformer _model;
    private readonly ImmutableArray<AblatedLayer> _layers;
    private readonly Tensor _final;

    private ConstantAblation(Transformer model, IEnumerable<AblatedLayer> layers, Tensor final)
    {
        _model = model;
        _layers = [.. layers];
        _final = final.DetachFromDisposeScope();
        foreach (var tensor in _layers.SelectMany(layer => layer.Tensors()))
        {
            tensor.DetachFromDisposeScope();
        }
    }

    public bool PerPair => false;

    /// <summary>Zero ablation: a closed block writes nothing, not even its bias.</summary>
    public static ConstantAblation Zero(Transformer model)
    {
        using var scope = NewDisposeScope();
        var config = model.Config;
        var stream = zeros(1, 1, config.Width, dtype: model.Precision);
        var heads = zeros(1, 1, config.AttentionWidth, dtype: model.Precision);
        var hidden = zeros(1, 1, config.HiddenWidth, dtype: model.Precision);
        var layers = Enumerable.Range(0, config.Layers).Select(layer => new AblatedLayer
        {
            StreamBeforeAttention = stream,
            Heads = heads,
            AttentionRemainder = model.AttentionOutputBias(layer),
            StreamBeforeMlp = stream,
            Hidden = hidden,
            MlpRemainder = model.MlpOutputBias(layer),
        });
        return new ConstantAblation(model, layers, stream);
    }

    /// <summary>Mean ablation: each node's mean over all positions of the corrupted prompts (Wang et al. 2022, arXiv 2211.00593).</summary>
    /// <param name="model">The model.</param>
    /// <param name="corrupted">Batches of corrupted prompts, each (b, t) int64.</param>
    public static ConstantAblation Mean(Transformer model, IEnumerable<Tensor> corrupted)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var means = ActivationMeans.Over(model, corrupted);
        var stream = zeros(1, 1, model.Config.Width, dtype: model.Precision);
        var layers = new AblatedLayer[model.Config.Layers];
        for (var layer = 0; layer < layers.Length; layer++)
        {
            var beforeAttention = stream;
            stream = stream + model.AttentionOutput(layer, means[layer].Heads);
            var beforeMlp = stream;
            stream = stream + model.MlpOutput(layer, means[layer].Hidden);
            layers[layer] = new AblatedLayer
            {
                StreamBeforeAttention = beforeAttention, Heads = means[layer].Heads, StreamBeforeMlp = beforeMlp, Hidden = means[layer].Hidden,
            };
        }

        return new ConstantAblation(model, layers, stream);
    }

    public AblatedRun Run(Tensor clean, Tensor corrupted) =>
        new() { InitialDelta = _model.Embed(clean), Layers = _layers, FinalStream = _final, Shared = true };

    public void Dispose()
    {
        _final.Dispose();
        foreach (var tensor in _layers.SelectMany(layer => layer.Tensors()))
        {
            tensor.Dispose();
        }
    }
}
