using Nodal.Models;
using static TorchSharp.torch;

namespace Nodal.Patching.Fast;

/// <summary>Copies ablated runs out of libtorch's tensors into the fast engine's layout.</summary>
internal sealed unsafe class ActivationWriter<T>(Transformer model, EngineShape shape)
    where T : unmanaged, IElement<T>
{
    /// <summary>Copies the runs of a batch.</summary>
    /// <param name="run">Of as many pairs as there are targets, or constants.</param>
    /// <param name="targets">Where each goes; only their rows and prefixes are read.</param>
    /// <param name="nodes">Whether to copy head results and hidden activations as well, which else become 0.</param>
    public void Write(AblatedRun run, IReadOnlyList<AblatedActivations<T>> targets, bool nodes)
    {
        using var noGradient = no_grad();
        using var final = new FloatTensor(run.FinalStream);
        for (var pair = 0; pair < targets.Count; pair++)
        {
            var tokens = run.FinalStream.shape[1];
            RowKernels<Float32Element>.Narrow(
                final.Row((pair * tokens) + tokens - 1), final.Columns, (Float32Element*)targets[pair].FinalStream, shape.Width);
        }

        for (var layer = 0; layer < run.Layers.Length; layer++)
        {
            Write(run.Layers[layer], layer, targets, nodes);
        }
    }

    private void Write(AblatedLayer layer, int index, IReadOnlyList<AblatedActivations<T>> targets, bool nodes)
    {
        Copy(layer.StreamBeforeAttention, targets, run => (run.StreamBeforeAttention(index), run.Layout.Rows), shape.Width);
        Copy(layer.StreamBeforeMlp, targets, run => (run.StreamBeforeMlp(index), run.Layout.OutputRows(index)), shape.Width);
        Copy(nodes ? layer.Heads : null, targets, run => (run.Heads(index), run.Layout.OutputRows(index)), shape.AttentionWidth);
        Copy(nodes ? layer.Hidden : null, targets, run => (run.Hidden(index), run.Layout.OutputRows(index)), shape.HiddenWidth);
        if (targets.Any(run => run.Layout.Prefix > 0))
        {
            using var scope = NewDisposeScope();
            var (keys, values) = model.KeysAndValues(index, layer.StreamBeforeAttention);
            CopyPrefix(keys, targets, run => run.PrefixKeys(index));
            CopyPrefix(values, targets, run => run.PrefixValues(index));
        }
    }

    /// <summary>The last rows of each pair, or zeros.</summary>
    private static void Copy(Tensor? source, IReadOnlyList<AblatedActivations<T>> targets, Func<AblatedActivations<T>, (Rows<T> Rows, int Count)> select, int width)
    {
        using var values = source is null ? null : new FloatTensor(source);
        for (var pair = 0; pair < targets.Count; pair++)
        {
            var (rows, count) = select(targets[pair]);
            for (var row = 0; row < count; row++)
            {
                if (values is null)
                {
                    new Span<T>(rows[row], width).Clear();
                    continue;
                }

                var tokens = source!.shape[1];
                RowKernels<T>.Narrow(values.Row((pair * tokens) + tokens - count + row), values.Columns, rows[row], width);
            }
        }
    }

    /// <summary>The first rows of each pair, head after head.</summary>
    private void CopyPrefix(Tensor source, IReadOnlyList<AblatedActivations<T>> targets, Func<AblatedActivations<T>, Rows<T>> select)
    {
        using var values = new FloatTensor(source);                      // (b, t, K, e)
        var (tokens, heads) = (source.shape[1], shape.Config.KeyValueHeads);
        for (var pair = 0; pair < targets.Count; pair++)
        {
            var rows = select(targets[pair]);
            for (var row = 0; row < targets[pair].Layout.Prefix; row++)
            {
                for (var head = 0; head < heads; head++)
                {
                    RowKernels<T>.Narrow(
                        values.Row((((pair * tokens) + row) * heads) + head), values.Columns, rows[row] + (head * shape.HeadWidth), shape.HeadWidth);
                }
            }
        }
    }
}
