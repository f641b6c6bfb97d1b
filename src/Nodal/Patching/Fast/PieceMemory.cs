namespace Nodal.Patching.Fast;

/// <summary>How much memory a piece takes on its way through the model, known before it starts.</summary>
internal static class PieceMemory
{
    /// <summary>Elements of matrices.</summary>
    /// <param name="shape">The model's padded dimensions.</param>
    /// <param name="piece">The pairs.</param>
    /// <param name="plans">What is open.</param>
    /// <param name="keep">Whether a backward pass follows, so that every layer's are kept.</param>
    public static long Elements<T>(EngineShape shape, Piece<T> piece, LayerPlan<T>[] plans, bool keep)
        where T : unmanaged, IElement<T>
    {
        long kept = 0, passing = 0;
        foreach (var plan in plans)
        {
            var (attention, attentionPassing) = Attention(shape, piece.All.Padded, plan.Attention);
            var (mlp, mlpPassing) = Mlp(shape, piece.All.Padded, plan.Mlp);
            kept = keep ? kept + attention + mlp : Math.Max(kept, attention + mlp);
            passing = Math.Max(passing, Math.Max(attentionPassing, mlpPassing));
        }

        return kept + Math.Max(passing, Answer<T>(shape, piece.Answers.Padded));
    }

    /// <summary>Float32 elements: three copies of the stream (gradient, last layer, rounded), norms, log-sums, logits.</summary>
    public static long Floats<T>(EngineShape shape, Piece<T> piece, int layers)
        where T : unmanaged, IElement<T>
    {
        var (rows, pairs) = (piece.All.Padded, piece.Answers.Padded);
        return (3 * Arena<Float32Element>.Needed(rows, shape.Width)) + (4 * Arena<Float32Element>.Needed(pairs, shape.Width))
            + (layers * (Arena<Float32Element>.Needed(rows, shape.Config.Heads) + (2 * Arena<Float32Element>.Needed(1, rows))))
            + Arena<Float32Element>.Needed(1, pairs) + Arena<Float32Element>.Needed(pairs, shape.Config.VocabularySize);
    }

    private static (long Kept, long Passing) Attention<T>(EngineShape shape, int rows, AttentionPlan<T>? plan)
        where T : unmanaged, IElement<T>
    {
        if (plan is null)
        {
            return (0, 0);
        }

        long Of(int columns) => Arena<T>.Needed(rows, columns);
        var projected = Of(plan.Query.Rows) + Of(plan.KeyValue.Rows);
        return ((2 * Of(shape.Width)) + projected + Of(plan.Columns), (3 * Of(shape.Width)) + projected + Of(plan.Columns));
    }

    private static (long Kept, long Passing) Mlp<T>(EngineShape shape, int rows, MlpPlan<T>? plan)
        where T : unmanaged, IElement<T>
    {
        if (plan is null)
        {
            return (0, 0);
        }

        long Of(int columns) => Arena<T>.Needed(rows, columns);
        return (Of(shape.Width) + Of(plan.Inputs.Rows) + Of(plan.Columns) + Of(plan.OutputColumns), Of(shape.Width) + Of(plan.Columns) + Of(plan.OutputColumns));
    }

    private static long Answer<T>(EngineShape shape, int pairs)
        where T : unmanaged, IElement<T> =>
        (2 * Arena<T>.Needed(pairs, shape.Width)) + Arena<T>.Needed(pairs, AnswerPass<T>.Block);
}
