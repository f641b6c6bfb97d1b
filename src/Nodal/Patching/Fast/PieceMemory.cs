namespace Nodal.Patching.Fast;

/// <summary>How much memory a piece takes on its way through the model, known before it starts.</summary>
/// <param name="shape">The model's padded dimensions.</param>
/// <param name="rows">Padded positions of all its pairs.</param>
/// <param name="pairs">Padded number of its pairs.</param>
internal sealed class PieceMemory(EngineShape shape, int rows, int pairs)
{
    /// <summary>Of a piece.</summary>
    public static PieceMemory Of<T>(EngineShape shape, Piece<T> piece)
        where T : unmanaged, IElement<T> => new(shape, piece.All.Padded, piece.Answers.Padded);

    /// <summary>Elements of matrices.</summary>
    /// <param name="layers">What is open of each.</param>
    /// <param name="keep">Whether a backward pass follows, so that every layer's are kept.</param>
    public long Elements(IEnumerable<LayerSizes> layers, bool keep)
    {
        long kept = 0, passing = (2 * Of(pairs, shape.Width)) + Of(pairs, AnswerPass<Float32Element>.Block);
        foreach (var layer in layers)
        {
            var stream = Of(rows, shape.Width);
            var projected = Of(rows, layer.Queries) + Of(rows, layer.KeyValues);
            var here = (3 * stream) + projected + Of(rows, layer.Neurons) + Of(rows, layer.Inputs) + Of(rows, layer.Hidden) + Of(rows, layer.Outputs);
            kept = keep ? kept + here : Math.Max(kept, here);
            passing = Math.Max(passing, Math.Max((3 * stream) + projected + Of(rows, layer.Neurons), (2 * stream) + Of(rows, layer.Hidden) + Of(rows, layer.Outputs)));
        }

        return kept + passing;
    }

    /// <summary>Float32 elements: three copies of the stream (gradient, last layer, rounded), head results, norms, log-sums, logits.</summary>
    public long Floats() =>
        (3 * Of(rows, shape.Width)) + Of(rows, shape.AttentionWidth) + (4 * Of(pairs, shape.Width)) + (shape.Config.Layers * (Of(rows, shape.Config.Heads) + (2 * Of(1, rows))))
        + Of(1, pairs) + Of(pairs, shape.Config.OutputSize);

    /// <summary>Elements an arena gives for a matrix, whatever their type.</summary>
    private static long Of(long rows, long columns) => Arena<Float32Element>.Needed(rows, columns);
}
