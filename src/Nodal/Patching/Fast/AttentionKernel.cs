using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace Nodal.Patching.Fast;

/// <summary>Attention of one pair and one key/value head: from projected queries, keys and values to head results, and back.</summary>
/// <remarks>
/// All in float32. The attention pattern is not kept: the backward pass makes it anew from the kept log-sums (Dao et al. 2022, arXiv 2205.14135), so what is kept grows
/// with the prompt's length, not with its square; the scratch memory holds the pattern of one head at a time.
/// </remarks>
internal sealed unsafe class AttentionKernel<T>(EngineShape shape, Rotation rotation) : IDisposable
    where T : unmanaged, IElement<T>
{
    private readonly Arena<Float32Element> _scratch = new();
    private readonly float _scale = 1 / MathF.Sqrt(shape.Config.HeadWidth);

    /// <summary>Head results of the group's open heads.</summary>
    /// <param name="work">Pair, group and matrices.</param>
    /// <param name="state">Projections; its differences and log-sums are set.</param>
    public void Forward(AttentionWork<T> work, AttentionState<T> state)
    {
        Begin(work);
        var keys = Transposed(Keys(work, state.KeyValue));               // (e', s')
        var values = Values(work, state.KeyValue);                       // (s, w)
        var query = Take(work.Queries.Count, shape.HeadWidth);           // (q, e')
        var pattern = Take(work.Queries.Count, work.PaddedKeys);         // (q, s')
        var result = Take(work.Queries.Count, work.Group.ValueWidth);    // (q, w)
        foreach (var head in work.Group.Heads)
        {
            LoadQueries(work, head, state.Query, query);
            SmallProduct.Multiply(query.AsLeft(), keys, pattern, shape.HeadWidth);
            for (var row = 0; row < pattern.Rows; row++)
            {
                ((float*)state.LogSums.Row(work.Queries.First + row))[head.Slot] = Softmax(pattern.Row(row), Visible(work, row), work.PaddedKeys);
            }

            SmallProduct.Multiply(pattern.AsLeft(), values, result, work.Keys);
            Subtract(work, head, result, state);
        }
    }

    /// <summary>The gradient for projected queries, keys and values from that for the head results.</summary>
    /// <param name="work">Pair, group and matrices.</param>
    /// <param name="state">Of the forward pass.</param>
    /// <param name="difference">(query rows, columns): the gradient for z − z^c of the open neurons.</param>
    /// <param name="query">(query rows, queries), overwritten in the group's columns.</param>
    /// <param name="keyValue">(rows, keys + values), overwritten in the group's columns.</param>
    public void Backward(AttentionWork<T> work, AttentionState<T> state, Matrix<T> difference, Matrix<T> query, Matrix<T> keyValue)
    {
        Begin(work);
        var keys = Keys(work, state.KeyValue);                           // (s, e')
        var (keysAcross, valuesAcross) = (Transposed(keys), Transposed(Values(work, state.KeyValue)));
        var (keyGradient, valueGradient) = (Take(work.Keys, shape.HeadWidth), Take(work.Keys, work.Group.ValueWidth));
        keyGradient.Clear();
        valueGradient.Clear();
        var (queries, queryGradient) = (Take(work.Queries.Count, shape.HeadWidth), Take(work.Queries.Count, shape.HeadWidth));
        var (pattern, scores) = (Take(work.Queries.Count, work.PaddedKeys), Take(work.Queries.Count, work.PaddedKeys));
        var result = Take(work.Queries.Count, work.Group.ValueWidth);
        foreach (var head in work.Group.Heads)
        {
            LoadQueries(work, head, state.Query, queries);
            SmallProduct.Multiply(queries.AsLeft(), keysAcross, pattern, shape.HeadWidth);
            for (var row = 0; row < pattern.Rows; row++)
            {
                var logSum = ((float*)state.LogSums.Row(work.Queries.First + row))[head.Slot];
                Exponentials(pattern.Row(row), Visible(work, row), work.PaddedKeys, logSum);
            }

            Scatter(work, head, difference, result);
            SmallProduct.Multiply(result.AsLeft(), valuesAcross, scores, work.Group.ValueWidth);
            for (var row = 0; row < pattern.Rows; row++)
            {
                SoftmaxGradient(pattern.Row(row), scores.Row(row), work.PaddedKeys);
            }

            SmallProduct.Multiply(scores.AsLeft(), keys, queryGradient, work.Keys);
            SmallProduct.Multiply(scores.Transposed(), queries, keyGradient, work.Queries.Count, add: true);
            SmallProduct.Multiply(pattern.Transposed(), result, valueGradient, work.Queries.Count, add: true);
            StoreQueries(work, head, queryGradient, query);
        }

        StoreKeysAndValues(work, keyGradient, valueGradient, keyValue);
    }

    public void Dispose() => _scratch.Dispose();

    private void Begin(AttentionWork<T> work)
    {
        long rows = work.PaddedKeys + work.Queries.Count + Lanes.Width;
        _scratch.Reset(rows * 6 * (shape.HeadWidth + work.Group.ValueWidth + work.PaddedKeys));
    }

    /// <summary>Positions that a query sees, from the first token on.</summary>
    private int Visible(AttentionWork<T> work, int row) => shape.Config.Bidirectional ? work.Keys : work.Queries.Position + row + 1;

    private RowMajor Take(int rows, int columns) => new((float*)_scratch.Take(rows, columns).Data, rows, columns);

    /// <summary>(s, e'): rotated keys of every position.</summary>
    private RowMajor Keys(AttentionWork<T> work, Matrix<T> changes)
    {
        var keys = Take(work.Keys, shape.HeadWidth);
        var (kept, column) = (work.Ablated.KeyValues(work.Layer), work.Group.KeyValueHead * shape.HeadWidth);
        for (var position = 0; position < work.Keys; position++)
        {
            RowKernels<T>.Widen(kept[position] + column, keys.Row(position), shape.HeadWidth);
            if (position >= work.Own.Position)
            {
                RowKernels<T>.Add(changes.Row(work.Own.First + position - work.Own.Position) + work.Group.KeyColumn, keys.Row(position), shape.HeadWidth);
            }

            rotation.Apply(keys.Row(position), position);
        }

        return keys;
    }

    /// <summary>(s, w): values of every position, of the dimensions that are kept.</summary>
    private RowMajor Values(AttentionWork<T> work, Matrix<T> changes)
    {
        var values = Take(work.Keys, work.Group.ValueWidth);
        var (kept, column) = (work.Ablated.KeyValues(work.Layer), shape.KeyWidth + (work.Group.KeyValueHead * shape.HeadWidth));
        for (var position = 0; position < work.Keys; position++)
        {
            GatherValues(kept[position] + column, work.Group, values.Row(position));
            if (position >= work.Own.Position)
            {
                RowKernels<T>.Add(changes.Row(work.Own.First + position - work.Own.Position) + work.Group.ValueColumn, values.Row(position), values.Columns);
            }
        }

        return values;
    }

    private void GatherValues(T* source, GroupPlan group, float* target)
    {
        if (group.Dimensions.Length == shape.Config.HeadWidth)
        {
            RowKernels<T>.Widen(source, target, group.ValueWidth);
            return;
        }

        RowKernels<T>.Gather(source, group.Dimensions, target);
        new Span<float>(target + group.Dimensions.Length, group.ValueWidth - group.Dimensions.Length).Clear();
    }

    private RowMajor Transposed(RowMajor matrix)
    {
        var transposed = Take(matrix.Columns, Lanes.Pad(matrix.Rows));
        transposed.Clear();
        for (var row = 0; row < matrix.Rows; row++)
        {
            var from = matrix.Row(row);
            for (var column = 0; column < matrix.Columns; column++)
            {
                transposed.Row(column)[row] = from[column];
            }
        }

        return transposed;
    }

    private void LoadQueries(AttentionWork<T> work, HeadPlan head, Matrix<T> changes, RowMajor queries)
    {
        var kept = work.Ablated.Queries(work.Layer);
        for (var row = 0; row < queries.Rows; row++)
        {
            var query = queries.Row(row);
            RowKernels<T>.Widen(kept[row] + (head.Head * shape.HeadWidth), query, shape.HeadWidth);
            RowKernels<T>.Add(changes.Row(work.Queries.First + row) + head.QueryColumn, query, shape.HeadWidth);
            rotation.Apply(query, work.Queries.Position + row);
            Scale(query, shape.HeadWidth);
        }
    }

    private void StoreQueries(AttentionWork<T> work, HeadPlan head, RowMajor gradient, Matrix<T> target)
    {
        for (var row = 0; row < gradient.Rows; row++)
        {
            Scale(gradient.Row(row), shape.HeadWidth);
            rotation.Undo(gradient.Row(row), work.Queries.Position + row);
            RowKernels<T>.Narrow(gradient.Row(row), shape.HeadWidth, target.Row(work.Queries.First + row) + head.QueryColumn, shape.HeadWidth);
        }
    }

    private void StoreKeysAndValues(AttentionWork<T> work, RowMajor keys, RowMajor values, Matrix<T> target)
    {
        for (var row = 0; row < work.Own.Count; row++)
        {
            var position = work.Own.Position + row;
            rotation.Undo(keys.Row(position), position);
            RowKernels<T>.Narrow(keys.Row(position), shape.HeadWidth, target.Row(work.Own.First + row) + work.Group.KeyColumn, shape.HeadWidth);
            RowKernels<T>.Narrow(values.Row(position), values.Columns, target.Row(work.Own.First + row) + work.Group.ValueColumn, values.Columns);
        }
    }

    /// <summary>z − z^c of the head's open neurons.</summary>
    private static void Subtract(AttentionWork<T> work, HeadPlan head, RowMajor result, AttentionState<T> state)
    {
        var ablated = work.Ablated.Heads(work.Layer);
        for (var row = 0; row < result.Rows; row++)
        {
            var from = result.Row(row);
            var corrupted = (float*)ablated[row];
            var to = state.Difference.Row(work.Queries.First + row) + head.FirstColumn;
            for (var i = 0; i < head.Neurons.Length; i++)
            {
                to[i] = T.Narrow(from[head.Values[i]] - corrupted[head.Neurons[i]]);
            }

            for (var i = 0; state.Results is { } results && i < head.Neurons.Length; i++)
            {
                ((float*)results.Row(work.Queries.First + row))[head.Neurons[i]] = from[head.Values[i]];
            }
        }
    }

    private static void Scatter(AttentionWork<T> work, HeadPlan head, Matrix<T> gradient, RowMajor result)
    {
        result.Clear();
        for (var row = 0; row < result.Rows; row++)
        {
            var from = gradient.Row(work.Queries.First + row) + head.FirstColumn;
            var to = result.Row(row);
            for (var i = 0; i < head.Values.Length; i++)
            {
                to[head.Values[i]] = T.Widen(from[i]);
            }
        }
    }

    /// <summary>Softmax over the positions a query sees.</summary>
    /// <returns>log Σ exp.</returns>
    private static float Softmax(float* scores, int visible, int padded)
    {
        var seen = new Span<float>(scores, visible);
        var largest = TensorPrimitives.Max<float>(seen);
        Exponentials(scores, visible, padded, largest);
        var sum = TensorPrimitives.Sum<float>(seen);
        TensorPrimitives.Divide(seen, sum, seen);
        return largest + MathF.Log(sum);
    }

    private static void Exponentials(float* scores, int visible, int padded, float shift)
    {
        var shifts = Vector512.Create(shift);
        for (var i = 0; i < padded; i += Lanes.Width)
        {
            Vector512.Exp(Vector512.Load(scores + i) - shifts).Store(scores + i);
        }

        new Span<float>(scores + visible, padded - visible).Clear();
    }

    /// <summary>scores = pattern ⊙ (scores − ⟨pattern, scores⟩).</summary>
    private static void SoftmaxGradient(float* pattern, float* scores, int padded)
    {
        var sum = Vector512<float>.Zero;
        for (var i = 0; i < padded; i += Lanes.Width)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Load(pattern + i), Vector512.Load(scores + i), sum);
        }

        var mean = Vector512.Create(Vector512.Sum(sum));
        for (var i = 0; i < padded; i += Lanes.Width)
        {
            (Vector512.Load(pattern + i) * (Vector512.Load(scores + i) - mean)).Store(scores + i);
        }
    }

    private void Scale(float* row, int count)
    {
        for (var i = 0; i < count; i += Lanes.Width)
        {
            (Vector512.Load(row + i) * _scale).Store(row + i);
        }
    }
}
