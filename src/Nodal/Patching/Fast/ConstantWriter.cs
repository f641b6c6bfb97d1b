namespace Nodal.Patching.Fast;

/// <summary>Copies the constants of an ablation out of libtorch's tensors into the fast engine's layout.</summary>
/// <remarks>Its stream is no prompt's, so projections have nothing to be a change from: their kept part is the bias, and the normalised stream is taken whole.</remarks>
internal static unsafe class ConstantWriter<T>
    where T : unmanaged, IElement<T>
{
    /// <summary>Copies a run.</summary>
    /// <param name="run">Of constants.</param>
    /// <param name="weights">For the biases.</param>
    /// <param name="target">Of one row for each class of positions.</param>
    public static void Write(AblatedRun run, PackedWeights<T> weights, AblatedActivations<T> target)
    {
        var answer = PositionClasses.Answer(run.Constants!.Value);
        using var final = new FloatTensor(run.FinalStream);
        RowKernels<Float32Element>.Narrow((float*)final.Row(answer), final.Columns, (Float32Element*)target.FinalStream, target.Layout.Shape.Width);
        for (var layer = 0; layer < run.Layers.Length; layer++)
        {
            WriteLayer(run.Layers[layer], weights.Layers[layer], target, layer, answer);
        }
    }

    private static void WriteLayer(AblatedLayer from, PackedLayer<T> weights, AblatedActivations<T> target, int layer, int answer)
    {
        using var attention = new FloatTensor(from.StreamBeforeAttention);
        using var mlp = new FloatTensor(from.StreamBeforeMlp);
        using var heads = new FloatTensor(from.Heads);
        using var hidden = new FloatTensor(from.Hidden);
        var shape = target.Layout.Shape;
        for (var row = 0; row < target.Layout.Rows; row++)
        {
            Copy<T>(attention, row, target.StreamBeforeAttention(layer)[row], shape.Width);
            Copy(weights.KeyValueBias, target.KeyValues(layer)[row]);
            new ReadOnlySpan<float>((float*)hidden.Row(row), hidden.Columns).CopyTo(target.Constants!.Layers[layer][row]);
        }

        // In the last layer only the answer position has an output.
        var rows = target.Layout.OutputRows(layer);
        for (var row = 0; row < rows; row++)
        {
            var kind = rows == 1 ? answer : row;
            Copy<T>(mlp, kind, target.StreamBeforeMlp(layer)[row], shape.Width);
            Copy<Float32Element>(heads, kind, target.Heads(layer)[row], shape.AttentionWidth);
            Copy(weights.QueryBias, target.Queries(layer)[row]);
            Copy(weights.InputBias, target.Inputs(layer)[row]);
        }
    }

    private static void Copy<TElement>(FloatTensor source, int row, TElement* target, int width)
        where TElement : unmanaged, IElement<TElement> => RowKernels<TElement>.Narrow((float*)source.Row(row), source.Columns, target, width);

    private static void Copy(float[] source, T* target)
    {
        fixed (float* values = source)
        {
            RowKernels<T>.Narrow(values, source.Length, target, source.Length);
        }
    }
}
