using static TorchSharp.torch;

namespace Nodal.Patching.Fast;

/// <summary>Copies the constants of an ablation out of libtorch's tensors into the fast engine's layout.</summary>
/// <remarks>Its stream is no prompt's, so projections have nothing to be a change from: their kept part is the bias, and the normalised stream is taken whole.</remarks>
internal static unsafe class ConstantWriter<T>
    where T : unmanaged, IElement<T>
{
    /// <summary>Copies a run.</summary>
    /// <param name="run">Of constants.</param>
    /// <param name="weights">For the biases.</param>
    /// <param name="target">Of one row.</param>
    public static void Write(AblatedRun run, PackedWeights<T> weights, AblatedActivations<T> target)
    {
        var shape = target.Layout.Shape;
        CopyFloats(run.FinalStream, target.FinalStream, shape.Width);
        for (var layer = 0; layer < run.Layers.Length; layer++)
        {
            Copy(run.Layers[layer].StreamBeforeAttention, target.StreamBeforeAttention(layer)[0], shape.Width);
            Copy(run.Layers[layer].StreamBeforeMlp, target.StreamBeforeMlp(layer)[0], shape.Width);
            CopyFloats(run.Layers[layer].Heads, (float*)target.Heads(layer)[0], shape.AttentionWidth);
            Copy(weights.Layers[layer].KeyValueBias, target.KeyValues(layer)[0]);
            Copy(weights.Layers[layer].QueryBias, target.Queries(layer)[0]);
            Copy(weights.Layers[layer].InputBias, target.Inputs(layer)[0]);
            CopyHidden(run.Layers[layer].Hidden, target.Constants!.Layers[layer]);
        }
    }

    private static void Copy(Tensor source, T* target, int width)
    {
        using var values = new FloatTensor(source);
        RowKernels<T>.Narrow(values.Data, values.Columns, target, width);
    }

    private static void Copy(float[] source, T* target)
    {
        fixed (float* values = source)
        {
            RowKernels<T>.Narrow(values, source.Length, target, source.Length);
        }
    }

    private static void CopyFloats(Tensor source, float* target, int width)
    {
        using var values = new FloatTensor(source);
        RowKernels<Float32Element>.Narrow(values.Data, values.Columns, (Float32Element*)target, width);
    }

    private static void CopyHidden(Tensor source, float[] target)
    {
        using var values = new FloatTensor(source);
        new ReadOnlySpan<float>(values.Data, values.Columns).CopyTo(target);
    }
}
