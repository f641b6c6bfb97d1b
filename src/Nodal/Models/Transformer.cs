using static TorchSharp.torch;

namespace Nodal.Models;

/// <summary>
/// A frozen transformer, taken apart at its nodes: each layer reads the residual stream twice, once into head results z, once
/// into hidden activations h, and writes to it through two linear maps. Everything that runs the model is made of these parts.
/// </summary>
/// <remarks>Shapes: b pairs, t tokens, d residual width, z = H · head width, h hidden width, v outputs: the vocabulary, but for models with others.</remarks>
public sealed class Transformer : IDisposable
{
    private readonly RotaryTable? _rotary;

    internal Transformer(ModelConfig config, TransformerWeights weights)
    {
        Config = config;
        Weights = weights;
        Precision = weights.TokenEmbedding.dtype;
        _rotary = config.Rotary is { } rotary ? new RotaryTable(rotary.Frequencies(config.HeadWidth), LongestPrompt, Precision) : null;
    }

    /// <summary>Dimensions and kinds.</summary>
    public ModelConfig Config { get; }

    /// <summary>Tokens the longest prompt may have: the context length, at most 16,384, for which the table of rotations stays small.</summary>
    public int LongestPrompt => Math.Min(Config.ContextLength, 1 << 14);

    /// <summary>Element type of the weights and of every activation.</summary>
    public ScalarType Precision { get; }

    internal TransformerWeights Weights { get; }

    /// <summary>Logits of plain prompts.</summary>
    /// <param name="tokens">(b, t) int64.</param>
    /// <returns>(b, t, v).</returns>
    public Tensor Forward(Tensor tokens)
    {
        using var x = Stream(tokens);
        return Logits(x);
    }

    /// <summary>Residual stream after the last layer.</summary>
    /// <param name="tokens">(b, t) int64.</param>
    /// <returns>(b, t, d).</returns>
    public Tensor Stream(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var x = Embed(tokens);                                           // (b, t, d)
        for (var layer = 0; layer < Config.Layers; layer++)
        {
            x = x.Plus(AttentionOutput(layer, HeadResults(layer, x)));   // (b, t, d)
            x = x.Plus(MlpOutput(layer, Hidden(layer, x)));              // (b, t, d)
        }

        return x.MoveToOuterDisposeScope();
    }

    /// <summary>Residual stream before the first layer.</summary>
    /// <param name="tokens">(b, t) int64.</param>
    /// <returns>(b, t, d).</returns>
    public Tensor Embed(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var embedded = Weights.TokenEmbedding.index_select(0, tokens.view(-1)).view(tokens.shape[0], tokens.shape[1], Config.Width);
        if (Weights.PositionEmbedding is { } positions)
        {
            embedded = embedded.Plus(positions.narrow(0, 0, tokens.shape[1]));   // (b, t, d)
        }

        return embedded.MoveToOuterDisposeScope();
    }

    /// <summary>Concatenated head results before the output projection.</summary>
    /// <param name="layer">0-based.</param>
    /// <param name="x">(b, t, d), the residual stream before the attention block.</param>
    /// <returns>(b, t, z).</returns>
    public Tensor HeadResults(int layer, Tensor x) => HeadResults(layer, x, rules: null);

    /// <summary>The same with other gradients.</summary>
    /// <param name="layer">0-based.</param>
    /// <param name="x">(b, t, d).</param>
    /// <param name="rules">Of the backward pass, or <see langword="null"/> for the model's own.</param>
    internal Tensor HeadResults(int layer, Tensor x, RelevanceRules? rules)
    {
        using var scope = NewDisposeScope();
        var weights = Weights.Layers[layer];
        var normed = Normalize(x, weights.AttentionNorm, rules);                                // (b, t, d)
        var query = Rotate(Split(weights.Query.Apply(normed), Config.Heads));                   // (b, H, t, e)
        var key = Repeat(Rotate(Split(weights.Key.Apply(normed), Config.KeyValueHeads)));       // (b, H, s, e)
        var value = Repeat(Split(weights.Value.Apply(normed), Config.KeyValueHeads));           // (b, H, s, e)
        var z = nn.functional.scaled_dot_product_attention(query, key, value, is_casual: !Config.Bidirectional); // (b, H, t, e)
        return z.transpose(1, 2).reshape(x.shape[0], x.shape[1], Config.AttentionWidth).MoveToOuterDisposeScope();
    }

    /// <summary>What the attention block writes to the residual stream.</summary>
    /// <param name="layer">0-based.</param>
    /// <param name="z">(…, z).</param>
    /// <returns>(…, d).</returns>
    public Tensor AttentionOutput(int layer, Tensor z) => Weights.Layers[layer].Output.Apply(z);

    /// <summary>The linear part of <see cref="AttentionOutput"/>: W_o z.</summary>
    public Tensor ProjectHeads(int layer, Tensor z) => Weights.Layers[layer].Output.ApplyWithoutBias(z);

    /// <summary>Hidden activations of the MLP before its output projection.</summary>
    /// <param name="layer">0-based.</param>
    /// <param name="x">(b, t, d), the residual stream before the MLP block.</param>
    /// <returns>(b, t, h).</returns>
    public Tensor Hidden(int layer, Tensor x) => Hidden(layer, x, rules: null);

    /// <inheritdoc cref="HeadResults(int, Tensor, RelevanceRules)"/>
    internal Tensor Hidden(int layer, Tensor x, RelevanceRules? rules)
    {
        using var scope = NewDisposeScope();
        var weights = Weights.Layers[layer];
        var normed = Normalize(x, weights.MlpNorm, rules);                                      // (b, t, d)
        var up = weights.Up.Apply(normed);                                                      // (b, t, h)
        if (weights.Gate is not { } gate)
        {
            return Activate(up, rules).MoveToOuterDisposeScope();
        }

        var hidden = Activate(gate.Apply(normed), rules) * up;                                  // (b, t, h)
        return (rules is null ? hidden : RelevanceRules.Halve(hidden)).MoveToOuterDisposeScope();
    }

    /// <summary>What the MLP block writes to the residual stream.</summary>
    /// <param name="layer">0-based.</param>
    /// <param name="h">(…, h).</param>
    /// <returns>(…, d).</returns>
    public Tensor MlpOutput(int layer, Tensor h) => Weights.Layers[layer].Down.Apply(h);

    /// <summary>The linear part of <see cref="MlpOutput"/>: W_down h.</summary>
    public Tensor ProjectHidden(int layer, Tensor h) => Weights.Layers[layer].Down.ApplyWithoutBias(h);

    /// <summary>Bias of the attention output (d), or <see langword="null"/>.</summary>
    public Tensor? AttentionOutputBias(int layer) => Weights.Layers[layer].Output.Bias;

    /// <summary>Bias of the MLP output (d), or <see langword="null"/>.</summary>
    public Tensor? MlpOutputBias(int layer) => Weights.Layers[layer].Down.Bias;

    /// <summary>Final norm and LM head.</summary>
    /// <param name="x">(…, d), the residual stream after the last layer.</param>
    /// <returns>(…, v).</returns>
    public Tensor Logits(Tensor x) => Logits(x, rules: null);

    /// <inheritdoc cref="HeadResults(int, Tensor, RelevanceRules)"/>
    internal Tensor Logits(Tensor x, RelevanceRules? rules)
    {
        using var normed = Normalize(x, Weights.FinalNorm, rules);
        return Weights.Head.Apply(normed);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Weights.Dispose();
        _rotary?.Dispose();
    }

    private Tensor Split(Tensor projected, int heads) =>
        projected.view(projected.shape[0], projected.shape[1], heads, Config.HeadWidth).transpose(1, 2);

    private Tensor Rotate(Tensor heads) => _rotary?.Apply(heads) ?? heads;

    private Tensor Repeat(Tensor heads) => Config.GroupSize == 1 ? heads : heads.repeat_interleave(Config.GroupSize, 1);

    private Tensor Normalize(Tensor x, NormWeights norm, RelevanceRules? rules) => rules is not null ? rules.Normalize(x, norm) : Config.Norm switch
    {
        NormKind.RmsNorm => Norms.Rms(x, norm.Scale, Config.NormEpsilon),
        NormKind.LayerNorm => nn.functional.layer_norm(x, [Config.Width], norm.Scale, norm.Shift, Config.NormEpsilon),
        _ => x.alias(),
    };

    private Tensor Activate(Tensor x, RelevanceRules? rules) => rules is null ? Activate(x) : RelevanceRules.Activate(x, Activate(x));

    private Tensor Activate(Tensor x) => Config.Activation switch
    {
        ActivationKind.Silu => nn.functional.silu(x),
        ActivationKind.Gelu => nn.functional.gelu(x),
        ActivationKind.GeluTanh => Activations.GeluTanh(x),
        _ => nn.functional.relu(x),
    };
}
