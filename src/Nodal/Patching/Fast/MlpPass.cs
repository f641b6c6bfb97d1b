using System.Runtime.Intrinsics;

namespace Nodal.Patching.Fast;

/// <summary>An MLP block under gates, forward and back: δ += g_block · g_out ⊙ ( W_down [ g_hid ⊙ (h − h^c) ] + r ).</summary>
/// <remarks>
/// With D = h − h^c, y what W_down gives, o = g_block · g_out and g the gradient for δ: ∂/∂o = Σ_rows g ⊙ (y + r); da = (o ⊙ g) W_down; ∂/∂g_hid = Σ_rows da ⊙ D;
/// dh = g_hid ⊙ da; then activation, projections and norm.
/// </remarks>
internal sealed unsafe class MlpPass<T>(Workspace<T> work, ActivationKernel<T> activation)
    where T : unmanaged, IElement<T>
{
    /// <summary>Adds what the block writes to δ.</summary>
    /// <param name="piece">The pairs.</param>
    /// <param name="layer">0-based.</param>
    /// <param name="plan">What is open.</param>
    /// <param name="delta">(rows, d'): δ; in the last layer of the answer positions.</param>
    /// <returns>What the backward pass needs, or <see langword="null"/> where every hidden neuron is closed.</returns>
    public MlpState<T>? Forward(Piece<T> piece, int layer, MlpPlan<T> plan, Matrix<Float32Element> delta)
    {
        var rows = piece.Outputs(layer);
        var remainder = piece.Remainders.Mlp(layer);
        if (plan.Hidden.Length == 0)
        {
            AddRemainder(plan, remainder, rows.Count, delta);
            return null;
        }

        var state = Run(piece, rows, layer, plan, delta);
        var memory = work.Elements.Mark();
        var gated = state.Difference;
        if (!plan.WhollyOpen)
        {
            gated = work.Elements.Take(rows.Padded, plan.Columns);
            ColumnKernels<T>.Multiply(state.Difference, plan.HiddenGates, gated);
        }

        state.Written.SetProduct(gated, plan.Down);
        work.Elements.Release(memory);
        AddOutputs(plan, state.Written, rows.Count, delta);
        AddRemainder(plan, remainder, rows.Count, delta);
        return state;
    }

    /// <summary>The block's open hidden neurons, up to and with h − h^c; what it writes is not set.</summary>
    /// <param name="piece">The pairs.</param>
    /// <param name="rows">The positions.</param>
    /// <param name="layer">0-based.</param>
    /// <param name="plan">What is open.</param>
    /// <param name="delta">(rows, d'): δ before the block.</param>
    public MlpState<T> Run(Piece<T> piece, RowSpans rows, int layer, MlpPlan<T> plan, Matrix<Float32Element> delta)
    {
        var state = Project(piece, rows, layer, plan, delta);
        Activate(piece, rows, layer, plan, state);
        return state;
    }

    /// <summary>From δ to the change of the projections.</summary>
    public MlpState<T> Project(Piece<T> piece, RowSpans rows, int layer, MlpPlan<T> plan, Matrix<Float32Element> delta)
    {
        var normed = work.Elements.Take(rows.Padded, work.Shape.Width);
        var reciprocals = work.Floats.Take(1, rows.Count);
        var inputs = work.Elements.Take(rows.Padded, plan.Inputs.Rows);
        var difference = work.Elements.Take(rows.Padded, plan.Columns);
        var written = work.Elements.Take(rows.Padded, plan.OutputColumns);
        var memory = work.Elements.Mark();
        var change = StreamKernels<T>.Normalize(work, piece, rows, pair => piece.Pairs[pair].Ablated.StreamBeforeMlp(layer), delta, normed, reciprocals);
        inputs.SetProductTransposed(change, plan.Inputs);
        work.Elements.Release(memory);
        return new MlpState<T>(normed, reciprocals, inputs, difference, written);
    }

    /// <summary>From projections to h − h^c.</summary>
    public void Activate(Piece<T> piece, RowSpans rows, int layer, MlpPlan<T> plan, MlpState<T> state)
    {
        foreach (var span in rows.Pairs)
        {
            var ablated = piece.Pairs[span.Pair].Ablated;
            activation.Forward(plan, ablated.Inputs(layer), row => ablated.Hidden(layer, row), span, state.Inputs, state.Difference);
        }

        state.Difference.ClearFrom(rows.Count);
    }

    /// <summary>Adds the gradients of the block's gates, and of δ before it.</summary>
    /// <param name="piece">The pairs.</param>
    /// <param name="layer">0-based.</param>
    /// <param name="plan">What is open.</param>
    /// <param name="state">Of the forward pass; its projections are overwritten.</param>
    /// <param name="gradient">(rows, d'): for δ after the block.</param>
    /// <param name="toStream">Whether a gate comes before, so that the gradient for δ before the block is to be added to it.</param>
    /// <param name="gates">Added to.</param>
    public void Backward(Piece<T> piece, int layer, MlpPlan<T> plan, MlpState<T>? state, Matrix<Float32Element> gradient, bool toStream, GateGradients gates)
    {
        var rows = piece.Outputs(layer);
        gates.AddOutputs(layer, plan.Outputs, OutputGradients(plan, state, piece.Remainders.Mlp(layer), gradient, rows.Count));
        if (state is null)
        {
            return;
        }

        var memory = work.Elements.Mark();
        var written = work.Elements.Take(rows.Padded, plan.OutputColumns);
        GatherOutputs(plan, gradient, rows.Count, written);
        var hidden = work.Elements.Take(rows.Padded, plan.Columns);
        hidden.SetProductTransposed(written, plan.Down);                 // (rows, columns): da
        gates.AddHidden(layer, plan.Hidden, ColumnKernels<T>.SumOfProducts(hidden, state.Difference, rows.Count));
        if (toStream)
        {
            activation.Backward(plan, state.Inputs, hidden, rows.Count);
            var inward = work.Elements.Take(rows.Padded, work.Shape.Width);
            inward.SetProduct(state.Inputs, plan.Inputs);
            BackThroughNorm(state, inward, rows.Count, gradient);
        }

        work.Elements.Release(memory);
    }

    private void BackThroughNorm(MlpState<T> state, Matrix<T> inward, int rows, Matrix<Float32Element> gradient)
    {
        var values = stackalloc float[work.Shape.Width];
        for (var row = 0; row < rows; row++)
        {
            RowKernels<T>.Widen(inward.Row(row), values, work.Shape.Width);
            work.Norm.AddGradient(state.Normed.Row(row), ((float*)state.Reciprocals.Data)[row], values, (float*)gradient.Row(row));
        }
    }

    /// <summary>δ += o ⊙ y at the open outputs.</summary>
    private void AddOutputs(MlpPlan<T> plan, Matrix<T> written, int rows, Matrix<Float32Element> delta)
    {
        var whole = plan.Outputs.Length == work.Config.Width;
        fixed (float* factors = plan.OutputFactors)
        {
            for (var row = 0; row < rows; row++)
            {
                var from = written.Row(row);
                var to = (float*)delta.Row(row);
                if (!whole)
                {
                    RowKernels<T>.ScatterAdd(from, plan.OutputFactors, plan.Outputs, to);
                    continue;
                }

                for (var i = 0; i < plan.OutputColumns; i += Lanes.Width)
                {
                    Vector512.FusedMultiplyAdd(T.Load(from + i), Vector512.Load(factors + i), Vector512.Load(to + i)).Store(to + i);
                }
            }
        }
    }

    private static void AddRemainder(MlpPlan<T> plan, float[]? remainder, int rows, Matrix<Float32Element> delta)
    {
        for (var row = 0; remainder is not null && row < rows; row++)
        {
            var to = (float*)delta.Row(row);
            for (var i = 0; i < plan.Outputs.Length; i++)
            {
                to[plan.Outputs[i]] += plan.OutputFactors[i] * remainder[plan.Outputs[i]];
            }
        }
    }

    /// <summary>(open outputs): ∂/∂o = Σ_rows g ⊙ (y + r).</summary>
    private static float[] OutputGradients(MlpPlan<T> plan, MlpState<T>? state, float[]? remainder, Matrix<Float32Element> gradient, int rows)
    {
        var sums = new float[plan.Outputs.Length];
        for (var row = 0; row < rows; row++)
        {
            var from = (float*)gradient.Row(row);
            var written = state is null ? null : state.Written.Row(row);
            for (var i = 0; i < sums.Length; i++)
            {
                var output = plan.Outputs[i];
                sums[i] += from[output] * ((written is null ? 0 : T.Widen(written[i])) + (remainder?[output] ?? 0));
            }
        }

        return sums;
    }

    /// <summary>o ⊙ g at the open outputs, rounded.</summary>
    private static void GatherOutputs(MlpPlan<T> plan, Matrix<Float32Element> gradient, int rows, Matrix<T> target)
    {
        for (var row = 0; row < rows; row++)
        {
            var from = (float*)gradient.Row(row);
            var to = target.Row(row);
            for (var i = 0; i < plan.Outputs.Length; i++)
            {
                to[i] = T.Narrow(plan.OutputFactors[i] * from[plan.Outputs[i]]);
            }

            new Span<T>(to + plan.Outputs.Length, plan.OutputColumns - plan.Outputs.Length).Clear();
        }

        target.ClearFrom(rows);
    }
}
