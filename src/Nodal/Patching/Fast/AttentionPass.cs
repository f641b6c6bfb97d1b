namespace Nodal.Patching.Fast;

/// <summary>An attention block under gates, forward and back: δ += W_o [ m_a ⊙ (z − z^c) ].</summary>
/// <remarks>Steps of the backward pass, with D = z − z^c and g the gradient for δ: dU = g W_o; ∂/∂m_a = Σ_rows dU ⊙ D; dz = m_a ⊙ dU; then attention, projections and norm.</remarks>
internal sealed unsafe class AttentionPass<T>(Workspace<T> work)
    where T : unmanaged, IElement<T>
{
    /// <summary>Adds what the block writes to δ.</summary>
    /// <param name="piece">The pairs.</param>
    /// <param name="layer">0-based.</param>
    /// <param name="plan">What is open.</param>
    /// <param name="delta">(rows, d'): δ before the block.</param>
    /// <param name="target">(query rows, d'): δ to add to; the same but in the last layer.</param>
    /// <returns>What the backward pass needs, or <see langword="null"/> where every head is closed.</returns>
    public AttentionState<T>? Forward(Piece<T> piece, int layer, AttentionPlan<T> plan, Matrix<Float32Element> delta, Matrix<Float32Element> target)
    {
        var queries = piece.Outputs(layer);
        var state = plan.Groups.Length == 0 ? null : Run(piece, queries, layer, plan, delta);
        if (piece.Remainders.Attention(layer) is { } remainder)
        {
            StreamKernels<T>.AddToEach((float)plan.Block, remainder, queries.Count, target);
        }

        if (state is not null)
        {
            Write(plan, state.Difference, queries, target);
        }

        return state;
    }

    /// <summary>The block's open head results, up to and with z − z^c.</summary>
    /// <param name="piece">The pairs.</param>
    /// <param name="queries">The positions whose results are wanted.</param>
    /// <param name="layer">0-based.</param>
    /// <param name="plan">What is open.</param>
    /// <param name="delta">(rows, d'): δ before the block.</param>
    public AttentionState<T> Run(Piece<T> piece, RowSpans queries, int layer, AttentionPlan<T> plan, Matrix<Float32Element> delta)
    {
        var state = Project(piece, queries, layer, plan, delta);
        Attend(piece, queries, layer, plan, state);
        return state;
    }

    /// <summary>From projections to z − z^c.</summary>
    public void Attend(Piece<T> piece, RowSpans queries, int layer, AttentionPlan<T> plan, AttentionState<T> state)
    {
        ForEachGroup(piece, queries, layer, plan, group => work.Attention.Forward(group, state));
        ClearPadding(state.Difference, queries.Count, plan);
    }

    /// <summary>Adds the gradients of the block's gates, and of δ before it.</summary>
    /// <param name="piece">The pairs.</param>
    /// <param name="layer">0-based.</param>
    /// <param name="plan">What is open.</param>
    /// <param name="state">Of the forward pass.</param>
    /// <param name="gradient">(query rows, d'): for δ after the block.</param>
    /// <param name="target">(rows, d'): for δ before the block, added to; none where no gate comes before.</param>
    /// <param name="gates">Added to.</param>
    public void Backward(
        Piece<T> piece, int layer, AttentionPlan<T> plan, AttentionState<T>? state, Matrix<Float32Element> gradient, Matrix<Float32Element>? target, GateGradients gates)
    {
        var queries = piece.Outputs(layer);
        if (piece.Remainders.Attention(layer) is { } remainder)
        {
            gates.AddAttentionBlock(layer, StreamKernels<T>.SumOfProducts(gradient, queries.Count, remainder));
        }

        if (state is null)
        {
            return;
        }

        var memory = work.Elements.Mark();
        var outward = work.Elements.Take(queries.Padded, work.Shape.Width);
        StreamKernels<T>.Narrow(gradient, queries.Count, outward);
        var difference = work.Elements.Take(queries.Padded, plan.Columns);
        difference.SetProductTransposed(outward, plan.Output);           // (q, columns): dU
        var effective = ColumnKernels<T>.SumOfProducts(difference, state.Difference, queries.Count);
        foreach (var head in plan.Groups.SelectMany(group => group.Heads))
        {
            gates.AddHead(layer, head, effective);
        }

        if (target is { } before)
        {
            if (!plan.WhollyOpen)
            {
                ColumnKernels<T>.Multiply(difference, plan.Effective, difference);
            }

            BackToStream(piece, layer, plan, state, difference, before);
        }

        work.Elements.Release(memory);
    }

    /// <summary>δ += W_o [ m_a ⊙ (z − z^c) ].</summary>
    private void Write(AttentionPlan<T> plan, Matrix<T> difference, RowSpans queries, Matrix<Float32Element> target)
    {
        var memory = work.Elements.Mark();
        var gated = difference;
        if (!plan.WhollyOpen)
        {
            gated = work.Elements.Take(queries.Padded, plan.Columns);
            ColumnKernels<T>.Multiply(difference, plan.Effective, gated);
        }

        var written = work.Elements.Take(queries.Padded, work.Shape.Width);
        written.SetProduct(gated, plan.Output);
        StreamKernels<T>.Add(written, queries.Count, target);
        work.Elements.Release(memory);
    }

    /// <summary>Through attention, projections and norm.</summary>
    private void BackToStream(
        Piece<T> piece, int layer, AttentionPlan<T> plan, AttentionState<T> state, Matrix<T> difference, Matrix<Float32Element> target)
    {
        var (all, queries) = (piece.All, piece.Outputs(layer));
        var query = work.Elements.Take(queries.Padded, plan.Query.Rows);
        var keyValue = work.Elements.Take(all.Padded, plan.KeyValue.Rows);
        query.ClearFrom(0);
        keyValue.ClearFrom(0);
        ForEachGroup(piece, queries, layer, plan, group => work.Attention.Backward(group, state, difference, query, keyValue));
        var fromQueries = work.Elements.Take(queries.Padded, work.Shape.Width);
        var fromKeys = work.Elements.Take(all.Padded, work.Shape.Width);
        fromQueries.SetProduct(query, plan.Query);
        fromKeys.SetProduct(keyValue, plan.KeyValue);
        var sum = stackalloc float[work.Shape.Width];
        for (var pair = 0; pair < piece.Pairs.Length; pair++)
        {
            var (own, asking) = (all.Pairs[pair], queries.Pairs[pair]);
            for (var i = 0; i < own.Count; i++)
            {
                RowKernels<T>.Widen(fromKeys.Row(own.First + i), sum, work.Shape.Width);
                var question = own.Position + i - asking.Position;
                if (question >= 0 && question < asking.Count)
                {
                    RowKernels<T>.Add(fromQueries.Row(asking.First + question), sum, work.Shape.Width);
                }

                var row = own.First + i;
                work.Norm.AddGradient(state.Normed.Row(row), ((float*)state.Reciprocals.Data)[row], sum, (float*)target.Row(row));
            }
        }
    }

    /// <summary>From δ to the change of the projections.</summary>
    public AttentionState<T> Project(Piece<T> piece, RowSpans queries, int layer, AttentionPlan<T> plan, Matrix<Float32Element> delta)
    {
        var all = piece.All;
        var normed = work.Elements.Take(all.Padded, work.Shape.Width);
        var reciprocals = work.Floats.Take(1, all.Count);
        var keyValue = work.Elements.Take(all.Padded, plan.KeyValue.Rows);
        var query = work.Elements.Take(queries.Padded, plan.Query.Rows);
        var difference = work.Elements.Take(queries.Padded, plan.Columns);
        var memory = work.Elements.Mark();
        var change = StreamKernels<T>.Normalize(work, piece, all, pair => piece.Pairs[pair].Ablated.StreamBeforeAttention(layer), delta, normed, reciprocals);
        keyValue.SetProductTransposed(change, plan.KeyValue);
        query.SetProductTransposed(queries.Count == all.Count ? change : Answers(piece, change), plan.Query);
        work.Elements.Release(memory);
        var heads = plan.Groups.Sum(group => group.Heads.Length);
        return new AttentionState<T>(normed, reciprocals, query, keyValue, difference, work.Floats.Take(queries.Count, heads));
    }

    /// <summary>The rows of the answer positions.</summary>
    private Matrix<T> Answers(Piece<T> piece, Matrix<T> rows)
    {
        var answers = work.Elements.Take(piece.Answers.Padded, rows.Columns);
        for (var pair = 0; pair < piece.Pairs.Length; pair++)
        {
            new Span<T>(rows.Row(piece.AnswerRow(pair)), rows.Columns).CopyTo(new Span<T>(answers.Row(pair), rows.Columns));
        }

        answers.ClearFrom(piece.Pairs.Length);
        return answers;
    }

    private static void ForEachGroup(Piece<T> piece, RowSpans queries, int layer, AttentionPlan<T> plan, Action<AttentionWork<T>> action)
    {
        for (var pair = 0; pair < piece.Pairs.Length; pair++)
        {
            foreach (var group in plan.Groups)
            {
                action(new AttentionWork<T>
                {
                    Layer = layer,
                    Ablated = piece.Pairs[pair].Ablated,
                    Group = group,
                    Own = piece.All.Pairs[pair],
                    Queries = queries.Pairs[pair],
                });
            }
        }
    }

    private static void ClearPadding(Matrix<T> difference, int rows, AttentionPlan<T> plan)
    {
        var open = plan.Groups.Sum(group => group.Heads.Sum(head => head.Neurons.Length));
        for (var row = 0; row < rows; row++)
        {
            new Span<T>(difference.Row(row) + open, difference.Columns - open).Clear();
        }

        difference.ClearFrom(rows);
    }
}
