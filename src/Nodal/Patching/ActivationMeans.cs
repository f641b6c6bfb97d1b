using System.Numerics.Tensors;
using Nodal.Models;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Nodal.Patching;

/// <summary>Means of head results, hidden activations and the embedding over the positions of some prompts, class by class.</summary>
internal static class ActivationMeans
{
    /// <summary>The means; those over all positions where no prompt has a position of a class.</summary>
    /// <param name="model">The model.</param>
    /// <param name="positions">Which positions share a mean.</param>
    /// <param name="prompts">Batches, each (b, t) int64, with the position at which they are asked; at least one.</param>
    public static NodeConstants Over(Transformer model, MeanPositions positions, IEnumerable<(Tensor Tokens, int AnswerPosition)> prompts)
    {
        using var noGradient = no_grad();
        var layout = new ConstantLayout(model.Config, positions);
        var (sums, counts) = (new double[layout.Count], new long[layout.Classes]);
        foreach (var (tokens, answerPosition) in prompts)
        {
            Add(model, layout, tokens, answerPosition, sums, counts);
        }

        foreach (var span in Spans(layout))
        {
            Divide(sums.AsSpan(span), counts);
        }

        return new NodeConstants(layout, sums);
    }

    private static void Add(Transformer model, ConstantLayout layout, Tensor tokens, int answerPosition, double[] sums, long[] counts)
    {
        using var scope = NewDisposeScope();
        var classes = PositionClasses.Of(layout.Positions, (int)tokens.shape[1], answerPosition);
        using var members = nn.functional.one_hot(tensor(Array.ConvertAll(classes, one => (long)one)), layout.Classes).to(ScalarType.Float64).t();   // (c, t)
        void AddTo(Range span, Tensor values)                            // (b, t, n)
        {
            using var inner = NewDisposeScope();
            var sum = members.matmul(values.sum(0, type: ScalarType.Float64)).contiguous();   // (c, n)
            TensorPrimitives.Add(sums.AsSpan(span), sum.data<double>().ToArray(), sums.AsSpan(span));
        }

        Array.ForEach(classes, one => counts[one] += tokens.shape[0]);
        var x = model.Embed(tokens);                                     // (b, t, d)
        AddTo(layout.Embedding, x);
        for (var layer = 0; layer < model.Config.Layers; layer++)
        {
            var heads = model.HeadResults(layer, x);                     // (b, t, z)
            AddTo(layout.Heads(layer), heads);
            x = x.Plus(model.AttentionOutput(layer, heads));
            var hidden = model.Hidden(layer, x);                         // (b, t, h)
            AddTo(layout.Hidden(layer), hidden);
            x = x.Plus(model.MlpOutput(layer, hidden));
        }
    }

    private static IEnumerable<Range> Spans(ConstantLayout layout) =>
        Enumerable.Range(0, layout.Config.Layers).SelectMany(layer => new[] { layout.Heads(layer), layout.Hidden(layer) }).Append(layout.Embedding);

    /// <param name="sums">(classes, n), overwritten with means.</param>
    /// <param name="counts">(classes): positions.</param>
    private static void Divide(Span<double> sums, long[] counts)
    {
        var width = sums.Length / counts.Length;
        var whole = new double[width];
        for (var row = 0; row < counts.Length; row++)
        {
            TensorPrimitives.Add(whole, sums.Slice(row * width, width), whole);
        }

        for (var row = 0; row < counts.Length; row++)
        {
            var own = sums.Slice(row * width, width);
            TensorPrimitives.Divide(counts[row] > 0 ? own : whole, counts[row] > 0 ? counts[row] : counts.Sum(), own);
        }
    }
}
