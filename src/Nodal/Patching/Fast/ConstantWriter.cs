using static TorchSharp.torch;

namespace Nodal.Patching.Fast;

/// <summary>Copies the constants of an ablation out of libtorch's tensors into the fast engine's layout.</summary>
internal static unsafe class ConstantWriter<T>
    where T : unmanaged, IElement<T>
{
    /// <summary>Copies a run.</summary>
    /// <param name="run">Of constants.</param>
    /// <param name="target">Of one row.</param>
    public static void Write(AblatedRun run, AblatedActivations<T> target)
    {
        var shape = target.Layout.Shape;
        using var final = new FloatTensor(run.FinalStream);
        RowKernels<Float32Element>.Narrow(final.Data, final.Columns, (Float32Element*)target.FinalStream, shape.Width);
        for (var layer = 0; layer < run.Layers.Length; layer++)
        {
            Copy(run.Layers[layer].StreamBeforeAttention, target.StreamBeforeAttention(layer)[0], shape.Width);
            Copy(run.Layers[layer].StreamBeforeMlp, target.StreamBeforeMlp(layer)[0], shape.Width);
            Copy(run.Layers[layer].Heads, target.Heads(layer)[0], shape.AttentionWidth);
            Copy(run.Layers[layer].Hidden, target.Hidden(layer)[0], shape.HiddenWidth);
        }
    }

    private static void Copy(Tensor source, T* target, int width)
    {
        using var values = new FloatTensor(source);
        RowKernels<T>.Narrow(values.Data, values.Columns, target, width);
    }
}
