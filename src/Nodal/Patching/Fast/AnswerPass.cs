using System.Numerics.Tensors;

namespace Nodal.Patching.Fast;

/// <summary>From δ after the last layer to logits at the answer positions, and the gradient back.</summary>
/// <remarks>
/// The LM head is applied to the difference from the full model alone: logits = full + W (n − n_full). What a product in bfloat16 rounds is then in proportion to how far the
/// circuit is from the model, not to how large its logits are. Both products go through the vocabulary in blocks that fit the cache.
/// </remarks>
internal sealed unsafe class AnswerPass<T>(Workspace<T> work, PackedWeights<T> weights, FloatTensor scale) : IDisposable
    where T : unmanaged, IElement<T>
{
    /// <summary>Tokens of the vocabulary taken through the LM head at once.</summary>
    public const int Block = 512;

    /// <summary>Logits, up to a constant of each pair.</summary>
    /// <param name="piece">The pairs.</param>
    /// <param name="delta">(pairs, d'): δ after the last layer at the answer positions.</param>
    /// <param name="logits">(pairs, v), overwritten.</param>
    public AnswerState Forward(Piece<T> piece, Matrix<Float32Element> delta, Matrix<Float32Element> logits)
    {
        var (width, pairs) = (work.Shape.Width, piece.Pairs.Length);
        var normed = work.Floats.Take(pairs, width);
        var reciprocals = work.Floats.Take(1, pairs);
        var memory = work.Elements.Mark();
        var difference = work.Elements.Take(piece.Answers.Padded, width);
        var change = stackalloc float[width];
        for (var pair = 0; pair < pairs; pair++)
        {
            var row = new Span<float>(normed.Row(pair), width);
            var whole = new Span<float>(change, width);
            TensorPrimitives.Add(new ReadOnlySpan<float>(piece.Pairs[pair].Ablated.FinalStream, width), new ReadOnlySpan<float>(delta.Row(pair), width), row);
            ((float*)reciprocals.Data)[pair] = work.Norm.Normalize((float*)normed.Row(pair));
            TensorPrimitives.Subtract<float>(row, piece.Pairs[pair].Full.Normed, whole);
            TensorPrimitives.Multiply<float>(whole[..scale.Columns], new ReadOnlySpan<float>(scale.Data, scale.Columns), whole);
            RowKernels<T>.Narrow(change, scale.Columns, difference.Row(pair), width);
            piece.Pairs[pair].Full.LogProbabilities.CopyTo(new Span<float>(logits.Row(pair), logits.Columns));
        }

        difference.ClearFrom(pairs);
        AddHead(difference, pairs, logits);
        work.Elements.Release(memory);
        return new AnswerState(normed, reciprocals);
    }

    /// <summary>The gradient for δ.</summary>
    /// <param name="piece">The pairs.</param>
    /// <param name="state">Of the forward pass.</param>
    /// <param name="logits">(pairs, v): the gradient for the logits.</param>
    /// <param name="gradient">(pairs, d'), overwritten.</param>
    public void Backward(Piece<T> piece, AnswerState state, Matrix<Float32Element> logits, Matrix<Float32Element> gradient)
    {
        var pairs = piece.Pairs.Length;
        var (elements, floats) = (work.Elements.Mark(), work.Floats.Mark());
        var inward = work.Floats.Take(pairs, work.Shape.Width);
        inward.ClearFrom(0);
        AddTransposedHead(piece.Answers.Padded, logits, inward);
        gradient.ClearFrom(0);
        for (var pair = 0; pair < pairs; pair++)
        {
            var row = new Span<float>(inward.Row(pair), scale.Columns);
            TensorPrimitives.Multiply<float>(row, new ReadOnlySpan<float>(scale.Data, scale.Columns), row);
            work.Norm.AddGradient(
                (Float32Element*)state.Normed.Row(pair), ((float*)state.Reciprocals.Data)[pair], (float*)inward.Row(pair), (float*)gradient.Row(pair));
        }

        work.Floats.Release(floats);
        work.Elements.Release(elements);
    }

    public void Dispose() => scale.Dispose();

    /// <summary>logits += difference · headᵀ.</summary>
    private void AddHead(Matrix<T> difference, int pairs, Matrix<Float32Element> logits)
    {
        for (var first = 0; first < weights.Head.Rows; first += Block)
        {
            var memory = work.Elements.Mark();
            var head = weights.Head.Slice(first, Math.Min(Block, weights.Head.Rows - first));
            var product = work.Elements.Take(difference.Rows, head.Rows);
            product.SetProductTransposed(difference, head);
            for (var pair = 0; pair < pairs; pair++)
            {
                RowKernels<T>.AddAll(product.Row(pair), (float*)logits.Row(pair) + first, head.Rows);
            }

            work.Elements.Release(memory);
        }
    }

    /// <summary>inward += logits · head.</summary>
    private void AddTransposedHead(int rows, Matrix<Float32Element> logits, Matrix<Float32Element> inward)
    {
        for (var first = 0; first < weights.Head.Rows; first += Block)
        {
            var memory = work.Elements.Mark();
            var head = weights.Head.Slice(first, Math.Min(Block, weights.Head.Rows - first));
            var outward = work.Elements.Take(rows, head.Rows);
            for (var pair = 0; pair < inward.Rows; pair++)
            {
                RowKernels<T>.Narrow((float*)logits.Row(pair) + first, head.Rows, outward.Row(pair), head.Rows);
            }

            outward.ClearFrom(inward.Rows);
            var product = work.Elements.Take(rows, inward.Columns);
            product.SetProduct(outward, head);
            for (var pair = 0; pair < inward.Rows; pair++)
            {
                RowKernels<T>.Add(product.Row(pair), (float*)inward.Row(pair), inward.Columns);
            }

            work.Elements.Release(memory);
        }
    }
}
