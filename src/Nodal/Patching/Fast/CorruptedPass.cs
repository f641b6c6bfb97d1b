using System.Runtime.CompilerServices;

namespace Nodal.Patching.Fast;

/// <summary>The whole model on corrupted prompts: the ablated run of the counterfactual ablation, into the layout the gated passes read.</summary>
/// <remarks>
/// The stream is float32 and rounded where it is kept; what comes after is computed from the rounded one, in the same way and precision as under gates. So where δ is 0,
/// z − z^c and h − h^c are exactly 0, and where it is small, rounding cancels.
/// </remarks>
internal sealed unsafe class CorruptedPass<T> : IDisposable
    where T : unmanaged, IElement<T>
{
    private readonly Workspace<T> _work;
    private readonly AttentionPass<T> _attention;
    private readonly MlpPass<T> _mlp;
    private readonly Embeddings _embeddings;
    private readonly Remainders _biases;
    private readonly PackedWeights<T> _weights;
    private readonly ActivationMemory _zeroMemory;
    private readonly AblatedActivations<T> _zeros;

    /// <param name="work">The worker's memory and kernels.</param>
    /// <param name="attention">Of the same worker.</param>
    /// <param name="mlp">Of the same worker.</param>
    /// <param name="embeddings">Of the model.</param>
    /// <param name="biases">What blocks write beyond their linear maps.</param>
    /// <param name="weights">For the biases of projections.</param>
    public CorruptedPass(
        Workspace<T> work, AttentionPass<T> attention, MlpPass<T> mlp, Embeddings embeddings, Remainders biases, PackedWeights<T> weights)
    {
        (_work, _attention, _mlp, _embeddings, _biases, _weights) = (work, attention, mlp, embeddings, biases, weights);
        var layout = new ActivationLayout(work.Shape, Unsafe.SizeOf<T>(), prefix: 0, rows: 1);
        _zeroMemory = new ActivationMemory(layout.Bytes);
        new Span<byte>(_zeroMemory.Data, checked((int)_zeroMemory.Bytes)).Clear();
        _zeros = new AblatedActivations<T>(layout, _zeroMemory.Data) { Constants = ConstantHidden.Zero(work.Shape, classes: 1) };
    }

    /// <summary>Runs some pairs.</summary>
    /// <param name="pairs">The pairs; their ablated activations are set.</param>
    /// <param name="open">The whole model.</param>
    public void Run(PairActivations<T>[] pairs, LayerPlan<T>[] open)
    {
        // Closed nodes are 0 here, so that δ is the stream itself and differences are the activations.
        var whole = new Piece<T>(
            Array.ConvertAll(pairs, pair => new PairActivations<T> { Pair = pair.Pair, Ablated = _zeros, Full = FullAnswer.None }), Remainders.None(open.Length), constant: true);
        var needed = PieceMemory.Of(_work.Shape, whole);
        _work.Elements.Reset(needed.Elements(open.Select(LayerSizes.Of), keep: false));
        _work.Floats.Reset(needed.Floats());
        var stream = Embed(whole);
        for (var layer = 0; layer < open.Length; layer++)
        {
            var (elements, floats) = (_work.Elements.Mark(), _work.Floats.Mark());
            Attention(whole, pairs, layer, open[layer].Attention!, stream);
            Mlp(whole, pairs, layer, open[layer].Mlp!, stream);
            _work.Elements.Release(elements);
            _work.Floats.Release(floats);
        }

        foreach (var span in whole.All.Pairs)
        {
            Row(stream, span.First + pairs[span.Pair].Pair.AnswerPosition).CopyTo(new Span<float>(pairs[span.Pair].Ablated.FinalStream, _work.Shape.Width));
        }
    }

    public void Dispose() => _zeroMemory.Dispose();

    private Matrix<Float32Element> Embed(Piece<T> whole)
    {
        var stream = _work.Floats.Take(whole.All.Padded, _work.Shape.Width);
        stream.ClearFrom(0);
        foreach (var span in whole.All.Pairs)
        {
            for (var i = 0; i < span.Count; i++)
            {
                _embeddings.Set(whole.Pairs[span.Pair].Pair.Corrupted[i], i, (float*)stream.Row(span.First + i));
            }
        }

        return stream;
    }

    private void Attention(Piece<T> whole, PairActivations<T>[] pairs, int layer, AttentionPlan<T> plan, Matrix<Float32Element> stream)
    {
        var rounded = Keep(whole, pairs, stream, run => (run.StreamBeforeAttention(layer), run.Layout.Rows));
        var state = _attention.Project(whole, whole.All, layer, plan, rounded) with { Results = _work.Floats.Take(whole.All.Padded, _work.Shape.AttentionWidth) };
        StreamKernels<T>.AddToEach(_weights.Layers[layer].KeyValueBias, whole.All.Count, state.KeyValue);
        StreamKernels<T>.AddToEach(_weights.Layers[layer].QueryBias, whole.All.Count, state.Query);
        Copy(whole, pairs, state.KeyValue, run => (run.KeyValues(layer), run.Layout.Prefix + run.Layout.Rows));
        Copy(whole, pairs, state.Query, run => (run.Queries(layer), run.Layout.OutputRows(layer)));
        var results = state.Results!.Value;
        results.ClearFrom(0);
        _attention.Attend(whole, whole.All, layer, plan, state);
        Copy(whole, pairs, results, run => (run.Heads(layer), run.Layout.OutputRows(layer)));
        var written = _work.Elements.Take(whole.All.Padded, _work.Shape.Width);
        written.SetProduct(state.Difference, plan.Output);
        Write(whole, written, _biases.Attention(layer), stream);
    }

    private void Mlp(Piece<T> whole, PairActivations<T>[] pairs, int layer, MlpPlan<T> plan, Matrix<Float32Element> stream)
    {
        var rounded = Keep(whole, pairs, stream, run => (run.StreamBeforeMlp(layer), run.Layout.OutputRows(layer)));
        var state = _mlp.Project(whole, whole.All, layer, plan, rounded);
        StreamKernels<T>.AddToEach(_weights.Layers[layer].InputBias, whole.All.Count, state.Inputs);
        Copy(whole, pairs, state.Inputs, run => (run.Inputs(layer), run.Layout.OutputRows(layer)));
        _mlp.Activate(whole, whole.All, layer, plan, state);
        state.Written.SetProduct(state.Difference, plan.Down);
        Write(whole, state.Written, _biases.Mlp(layer), stream);
    }

    private static void Write(Piece<T> whole, Matrix<T> written, float[]? bias, Matrix<Float32Element> stream)
    {
        StreamKernels<T>.Add(written, whole.All.Count, stream);
        if (bias is not null)
        {
            StreamKernels<T>.AddToEach(1, bias, whole.All.Count, stream);
        }
    }

    /// <summary>Keeps rows of each pair, rounded, and gives all rows as if they had been.</summary>
    private Matrix<Float32Element> Keep(
        Piece<T> whole, PairActivations<T>[] pairs, Matrix<Float32Element> stream, Func<AblatedActivations<T>, (Rows<T> Rows, int Count)> select)
    {
        var memory = _work.Elements.Mark();
        var narrow = _work.Elements.Take(whole.All.Padded, _work.Shape.Width);
        StreamKernels<T>.Narrow(stream, whole.All.Count, narrow);
        Copy(whole, pairs, narrow, select);
        var rounded = _work.Floats.Take(whole.All.Padded, _work.Shape.Width);
        for (var row = 0; row < rounded.Rows; row++)
        {
            RowKernels<T>.Widen(narrow.Row(row), (float*)rounded.Row(row), rounded.Columns);
        }

        _work.Elements.Release(memory);
        return rounded;
    }

    /// <summary>Keeps the last rows of each pair; where it is one, that of the answer position.</summary>
    private static void Copy<TElement>(
        Piece<T> whole, PairActivations<T>[] pairs, Matrix<TElement> source, Func<AblatedActivations<T>, (Rows<TElement> Rows, int Count)> select)
        where TElement : unmanaged, IElement<TElement>
    {
        foreach (var span in whole.All.Pairs)
        {
            var (rows, count) = select(pairs[span.Pair].Ablated);
            var first = count == 1 ? pairs[span.Pair].Pair.AnswerPosition : span.Count - count;
            for (var i = 0; i < count; i++)
            {
                new Span<TElement>(source.Row(span.First + first + i), source.Columns).CopyTo(new Span<TElement>(rows[i], source.Columns));
            }
        }
    }

    private static Span<float> Row(Matrix<Float32Element> matrix, int row) => new(matrix.Row(row), matrix.Columns);
}
