using Nodal.Gates;
using Nodal.Models;
using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>The gated model, short and obviously right: delta form, gradients by autograd. The oracle of every faster one.</summary>
/// <remarks>
/// Multi-granular node pruning (arXiv 2512.10903): every node's value v becomes g v + (1 − g) v^c. With the stream written as x = x^c + δ
/// the corrupted stream needs no gate:
/// <code>
/// 1.  δ = g_embed ( embed(clean) − embed(corrupted) )            g_embed = 1 where the embedding has no gate
/// 2.  δ += W_o [ m_a ⊙ (z − z^c) ]                               m_a = g_block · g_head · g_neuron
/// 3.  δ += g_block · g_out ⊙ ( W_down [ g_hid ⊙ (h − h^c) ] )    2 and 3 for each layer
/// 4.  logits of x^c + δ
/// </code>
/// </remarks>
internal sealed class PlainEngine(Transformer model, GateLayout layout)
{
    /// <summary>Whether blocks whose own gate is not live are left out: same output, but their gates then have gradient 0. Runs leave them out; with them, it is the oracle that tests hold the fast engine to.</summary>
    public bool SkipClosedBlocks { get; init; } = true;

    /// <summary>What the gradient is taken of; default KL.</summary>
    public AnswerLoss Loss { get; init; } = AnswerLoss.Divergence;

    /// <summary>Other gradients of what is not linear in the model; default the model's own.</summary>
    public RelevanceRules? Rules { get; init; }

    /// <summary>Mean KL(full ‖ gated) at the answer position, nats, and the gradient of the loss for every gate.</summary>
    /// <param name="batch">Pairs of one length.</param>
    /// <param name="gates">The gates, and which of them are live.</param>
    /// <param name="gradient">(gates), overwritten.</param>
    /// <param name="learned">Whose constants have a gradient too; default none.</param>
    /// <param name="constants">(constants of neurons), overwritten where there are any.</param>
    public double Step(PreparedBatch batch, GateValues gates, Span<double> gradient, ConstantAblation? learned = null, Span<double> constants = default)
    {
        using var scope = NewDisposeScope();
        using var withGradient = enable_grad();
        var tensors = new GateTensors(layout, gates, model.Precision, gradient: true);
        var leaves = learned?.Leaves();
        var (loss, divergence) = Loss.Of(batch.Pairs, batch.FullLogProbabilities, AnswerLogits(leaves?.In(batch.Ablated) ?? batch.Ablated, tensors));
        if (loss.requires_grad)
        {
            loss.backward();
        }

        tensors.ReadGradient(gradient);
        leaves?.ReadGradient(constants);
        return divergence.to(ScalarType.Float64).item<double>();
    }

    /// <summary>Logits of the gated model at the answer position.</summary>
    /// <param name="batch">Pairs of one length.</param>
    /// <param name="gates">(gates).</param>
    /// <returns>(b, v).</returns>
    public Tensor AnswerLogits(PreparedBatch batch, double[] gates)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return AnswerLogits(batch.Ablated, new GateTensors(layout, gates, model.Precision, gradient: false)).MoveToOuterDisposeScope();
    }

    /// <summary>Logits of the gated model at every position: no run asks for them, they are the oracle that tests hold the engines to.</summary>
    /// <param name="ablated">The run with every gate closed.</param>
    /// <param name="gates">(gates).</param>
    /// <returns>(b, t, v).</returns>
    public Tensor Logits(AblatedRun ablated, double[] gates)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var delta = Delta(ablated, new GateTensors(layout, gates, model.Precision, gradient: false));
        return model.Logits(ablated.FinalAtPositions().Plus(delta)).MoveToOuterDisposeScope();
    }

    /// <summary>What circuits are compared with: log-probabilities, or the output itself of a model with one, whose probability says nothing.</summary>
    /// <param name="logits">(b, v): of the full model.</param>
    /// <returns>(b, v), in the caller's dispose scope.</returns>
    public static Tensor Reference(Tensor logits) => logits.shape[^1] == 1 ? logits.alias() : logits.log_softmax(-1);

    /// <summary>KL(full ‖ gated) of each pair, nats; of a model with one output, where KL is 0 always, the squared error.</summary>
    /// <param name="full">(b, v): of the full model, <see cref="Reference"/>.</param>
    /// <param name="logits">(b, v): logits of the gated model.</param>
    /// <returns>(b).</returns>
    public static Tensor Divergences(Tensor full, Tensor logits)
    {
        using var scope = NewDisposeScope();
        if (logits.shape[^1] == 1)
        {
            return logits.Minus(full).Squared().sum(-1).MoveToOuterDisposeScope();
        }

        return (full.exp() * full.Minus(logits.log_softmax(-1))).sum(-1).MoveToOuterDisposeScope();
    }

    private Tensor AnswerLogits(AblatedRun ablated, GateTensors gates)
    {
        var x = ablated.FinalAtPositions().Plus(Delta(ablated, gates));   // (b, t, d)
        return model.Logits(x.select(1, ablated.AnswerPosition), Rules);  // (b, v)
    }

    /// <summary>(b, t, d): δ after the last layer.</summary>
    private Tensor Delta(AblatedRun ablated, GateTensors gates)
    {
        var delta = gates.Embedding is { } embedding ? embedding * ablated.InitialDelta : ablated.InitialDelta;
        for (var layer = 0; layer < model.Config.Layers; layer++)
        {
            var here = ablated.At(layer);
            if (!(SkipClosedBlocks && gates.AttentionClosed(layer)))
            {
                delta = Attention(layer, here, gates, delta);
            }

            if (!(SkipClosedBlocks && gates.MlpClosed(layer)))
            {
                delta = Mlp(layer, here, gates, delta);
            }
        }

        return delta;
    }

    private Tensor Attention(int layer, AblatedLayer ablated, GateTensors gates, Tensor delta)
    {
        using var scope = NewDisposeScope();
        var z = model.HeadResults(layer, ablated.StreamBeforeAttention.Plus(delta), Rules);      // (b, t, z)
        var result = delta.Plus(model.ProjectHeads(layer, gates.Attention(layer) * z.Minus(ablated.Heads)));
        if (ablated.AttentionRemainder is { } remainder)
        {
            result = result.Plus(gates.AttentionBlock(layer) * remainder);
        }

        return result.MoveToOuterDisposeScope();
    }

    private Tensor Mlp(int layer, AblatedLayer ablated, GateTensors gates, Tensor delta)
    {
        using var scope = NewDisposeScope();
        var h = model.Hidden(layer, ablated.StreamBeforeMlp.Plus(delta), Rules);                 // (b, t, h)
        var written = model.ProjectHidden(layer, gates.Hidden(layer) * h.Minus(ablated.Hidden)); // (b, t, d)
        if (ablated.MlpRemainder is { } remainder)
        {
            written = written.Plus(remainder);
        }

        return delta.Plus(gates.Output(layer) * written).MoveToOuterDisposeScope();
    }
}
