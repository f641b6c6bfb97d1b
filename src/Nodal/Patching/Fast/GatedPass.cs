using Nodal.Models;

namespace Nodal.Patching.Fast;

/// <summary>The gated model on one piece of a batch, forward and back, read top to bottom.</summary>
/// <remarks>
/// <code>
/// 1.  δ = g_embed (embed(clean) − embed(ablated)), from the first token on where it is not 0
/// 2.  δ += attention block, δ += MLP block of each layer, in the last one at the answer positions only
/// 3.  logits there; the loss and its gradient for them
/// 4.  the same way back: gradients of gates, and of δ as long as a gate, or a constant that is trained, comes before
/// </code>
/// Only gradients for activations and gates are ever made: the weights are frozen.
/// </remarks>
internal sealed unsafe class GatedPass<T> : IDisposable
    where T : unmanaged, IElement<T>
{
    private readonly Workspace<T> _work;
    private readonly AttentionPass<T> _attention;
    private readonly MlpPass<T> _mlp;
    private readonly AnswerPass<T> _answer;
    private readonly Embeddings _embeddings;
    private readonly CorruptedPass<T> _corrupted;

    public GatedPass(Transformer model, PackedWeights<T> weights, EngineShape shape, Rotation rotation)
    {
        _work = new Workspace<T>(shape, rotation);
        _attention = new AttentionPass<T>(_work);
        _mlp = new MlpPass<T>(_work, new ActivationKernel<T>(shape));
        _answer = new AnswerPass<T>(_work, weights, new FloatTensor(model.Weights.FinalNorm.Scale));
        _embeddings = new Embeddings(model);
        _corrupted = new CorruptedPass<T>(_work, _attention, _mlp, _embeddings, Remainders.Biases(model), weights);
    }

    /// <summary>Logits of the gated model, each pair's up to a constant.</summary>
    /// <returns>(pairs, v); valid until the next call.</returns>
    public Matrix<Float32Element> Logits(Piece<T> piece, LayerPlan<T>[] plans, EmbeddingGate embedding)
    {
        Begin(piece, plans, keep: false);
        var logits = _work.Floats.Take(piece.Pairs.Length, _work.Config.OutputSize);
        _answer.Forward(piece, Through(piece, plans, embedding, null), logits);
        return logits;
    }

    /// <summary>KL summed over the pairs; the loss's gradients are added to those of the gates.</summary>
    /// <param name="piece">The pairs.</param>
    /// <param name="plans">What is open, layer by layer.</param>
    /// <param name="embedding">The gate of δ_0.</param>
    /// <param name="loss">What is differentiated.</param>
    /// <param name="weight">Of each pair in the loss.</param>
    /// <param name="gates">Added to.</param>
    /// <returns>Σ weight · KL(full ‖ gated), nats.</returns>
    public double Step(Piece<T> piece, LayerPlan<T>[] plans, EmbeddingGate embedding, AnswerLoss loss, double weight, GateGradients gates)
    {
        Begin(piece, plans, keep: true);
        var logits = _work.Floats.Take(piece.Pairs.Length, _work.Config.OutputSize);
        var states = new LayerState<T>[plans.Length];
        var delta = Through(piece, plans, embedding, states);
        var answer = _answer.Forward(piece, delta, logits);
        double divergence = 0;
        for (var pair = 0; pair < piece.Pairs.Length; pair++)
        {
            divergence += AnswerGradient.Replace(loss, piece.Pairs[pair].Pair, piece.Pairs[pair].Full.LogProbabilities, new Span<float>(logits.Row(pair), logits.Columns), weight);
        }

        _answer.Backward(piece, answer, logits, delta);
        Back(piece, plans, embedding, states, delta, gates);
        return divergence;
    }

    /// <summary>Sets the ablated activations of pairs from their corrupted prompts.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="open">The whole model.</param>
    public void RunCorrupted(PairActivations<T>[] pairs, LayerPlan<T>[] open) => _corrupted.Run(pairs, open);

    public void Dispose()
    {
        _work.Dispose();
        _answer.Dispose();
        _embeddings.Dispose();
        _corrupted.Dispose();
    }

    private void Begin(Piece<T> piece, LayerPlan<T>[] plans, bool keep)
    {
        var memory = PieceMemory.Of(_work.Shape, piece);
        _work.Elements.Reset(memory.Elements(plans.Select(LayerSizes.Of), keep));
        _work.Floats.Reset(memory.Floats());
    }

    /// <summary>(pairs, d'): δ after the last layer at the answer positions.</summary>
    private Matrix<Float32Element> Through(Piece<T> piece, LayerPlan<T>[] plans, EmbeddingGate embedding, LayerState<T>[]? states)
    {
        var delta = _work.Floats.Take(piece.All.Padded, _work.Shape.Width);
        _embeddings.SetDelta(piece, embedding.Value, delta);
        for (var layer = 0; layer < plans.Length; layer++)
        {
            var (elements, plan) = (_work.Elements.Mark(), plans[layer]);
            var target = layer == plans.Length - 1 ? Answers(piece, delta) : delta;
            var attention = plan.Attention is { } open ? _attention.Forward(piece, layer, open, delta, target) : null;
            var mlp = plan.Mlp is { } hidden ? _mlp.Forward(piece, layer, hidden, target) : null;
            delta = target;
            if (states is not null)
            {
                states[layer] = new LayerState<T>(attention, mlp);
            }
            else
            {
                _work.Elements.Release(elements);
            }
        }

        return delta;
    }

    /// <param name="piece">The pairs.</param>
    /// <param name="plans">What is open.</param>
    /// <param name="embedding">The gate of δ_0.</param>
    /// <param name="states">Of the forward pass.</param>
    /// <param name="gradient">(pairs, d'): for δ after the last layer.</param>
    /// <param name="gates">Added to.</param>
    private void Back(Piece<T> piece, LayerPlan<T>[] plans, EmbeddingGate embedding, LayerState<T>[] states, Matrix<Float32Element> gradient, GateGradients gates)
    {
        var first = Array.FindIndex(plans, plan => plan.Attention is not null || plan.Mlp is not null);
        for (var layer = plans.Length - 1; layer >= 0; layer--)
        {
            var anyBefore = embedding.Live || gates.Streams is not null || (first >= 0 && first < layer);
            gates.Streams?.Add(gates.Streams.AfterMlp(layer), piece, piece.Outputs(layer), gradient);
            if (plans[layer].Mlp is { } mlp)
            {
                _mlp.Backward(piece, layer, mlp, states[layer].Mlp, gradient, anyBefore || plans[layer].Attention is not null, gates);
            }

            gates.Streams?.Add(gates.Streams.AfterAttention(layer), piece, piece.Outputs(layer), gradient);
            Matrix<Float32Element>? before = !anyBefore ? null : layer == plans.Length - 1 ? Spread(piece, gradient) : gradient;
            if (plans[layer].Attention is { } attention)
            {
                _attention.Backward(piece, layer, attention, states[layer].Attention, gradient, before, gates);
            }

            if (before is not { } next)
            {
                return;
            }

            gradient = next;
        }

        if (embedding.Live)
        {
            gates.AddEmbedding(_embeddings.DeltaGradient(piece, gradient));
        }
    }

    /// <summary>The rows of the answer positions.</summary>
    private Matrix<Float32Element> Answers(Piece<T> piece, Matrix<Float32Element> rows)
    {
        var answers = _work.Floats.Take(piece.Pairs.Length, rows.Columns);
        for (var pair = 0; pair < piece.Pairs.Length; pair++)
        {
            new Span<Float32Element>(rows.Row(piece.AnswerRow(pair)), rows.Columns).CopyTo(new Span<Float32Element>(answers.Row(pair), rows.Columns));
        }

        return answers;
    }

    /// <summary>Rows of every position, 0 but for those of the answers.</summary>
    private Matrix<Float32Element> Spread(Piece<T> piece, Matrix<Float32Element> answers)
    {
        var rows = _work.Floats.Take(piece.All.Padded, answers.Columns);
        rows.ClearFrom(0);
        for (var pair = 0; pair < piece.Pairs.Length; pair++)
        {
            new Span<Float32Element>(answers.Row(pair), rows.Columns).CopyTo(new Span<Float32Element>(rows.Row(piece.AnswerRow(pair)), rows.Columns));
        }

        return rows;
    }
}
