using System.Runtime.Intrinsics;

namespace Nodal.Patching.Fast;

/// <summary>From the projections of an MLP to its hidden activations and back.</summary>
/// <param name="shape">Which non-linearity, gated or not.</param>
internal sealed unsafe class ActivationKernel<T>(EngineShape shape)
    where T : unmanaged, IElement<T>
{
    private readonly Nonlinearity _nonlinearity = new(shape.Config.Activation);
    private readonly bool _gated = shape.Config.GatedMlp;
    private readonly float[] _closed = GC.AllocateArray<float>(3 * shape.HiddenWidth, pinned: true);

    /// <summary>h − h^c of a pair's open hidden neurons.</summary>
    /// <param name="plan">What is open.</param>
    /// <param name="ablated">(rows, 2 h') or (rows, h'): the ablated run's projections.</param>
    /// <param name="constant">(h'): h^c of a row where it is a constant, else it follows from the projections.</param>
    /// <param name="span">The pair's rows.</param>
    /// <param name="inputs">(rows, 2 columns) or (rows, columns): change of the projections; becomes the projections.</param>
    /// <param name="difference">(rows, columns), overwritten.</param>
    public void Forward(MlpPlan<T> plan, Rows<T> ablated, Func<int, float[]?> constant, RowSpan span, Matrix<T> inputs, Matrix<T> difference)
    {
        fixed (float* closed = _closed)
        {
            var gate = closed;
            var up = gate + plan.Columns;
            var hidden = up + plan.Columns;
            float[]? gathered = null;
            for (var i = 0; i < span.Count; i++)
            {
                var own = constant(i);
                if (own is not null && own != gathered)
                {
                    GatherConstant(own, plan, hidden);
                    gathered = own;
                }

                Gather(ablated[i], plan, gate);
                if (_gated)
                {
                    Gather(ablated[i] + shape.HiddenWidth, plan, up);
                }

                ForwardRow(plan.Columns, inputs.Row(span.First + i), gate, up, own is null ? null : hidden, difference.Row(span.First + i));
            }
        }
    }

    /// <summary>The gradient for the projections, in their place.</summary>
    /// <param name="plan">What is open.</param>
    /// <param name="inputs">(rows, 2 columns) or (rows, columns).</param>
    /// <param name="gradient">(rows, columns): for gate ⊙ (h − h^c).</param>
    /// <param name="rows">Rows that are some pair's; the others' stay 0.</param>
    public void Backward(MlpPlan<T> plan, Matrix<T> inputs, Matrix<T> gradient, int rows)
    {
        fixed (float* gates = plan.HiddenGates)
        {
            for (var row = 0; row < rows; row++)
            {
                BackwardRow(plan.Columns, inputs.Row(row), gates, gradient.Row(row));
            }
        }
    }

    private void Gather(T* source, MlpPlan<T> plan, float* target)
    {
        if (plan.Hidden.Length == shape.Config.HiddenWidth)
        {
            RowKernels<T>.Widen(source, target, plan.Columns);
            return;
        }

        RowKernels<T>.Gather(source, plan.Hidden, target);
        new Span<float>(target + plan.Hidden.Length, plan.Columns - plan.Hidden.Length).Clear();
    }

    private static void GatherConstant(float[] constant, MlpPlan<T> plan, float* target)
    {
        for (var i = 0; i < plan.Hidden.Length; i++)
        {
            target[i] = constant[plan.Hidden[i]];
        }

        new Span<float>(target + plan.Hidden.Length, plan.Columns - plan.Hidden.Length).Clear();
    }

    private void ForwardRow(int columns, T* inputs, float* gate, float* up, float* constant, T* difference)
    {
        for (var i = 0; i < columns; i += Lanes.Width)
        {
            var closed = Vector512.Load(gate + i);
            var open = T.Load(inputs + i) + closed;
            T.Store(open, inputs + i);
            open = _nonlinearity.Value(open);
            closed = constant is null ? _nonlinearity.Value(closed) : Vector512.Load(constant + i);
            if (_gated)
            {
                var (other, change) = (Vector512.Load(up + i), T.Load(inputs + columns + i));
                T.Store(change + other, inputs + columns + i);
                open *= change + other;
                closed = constant is null ? closed * other : closed;
            }

            T.Store(open - closed, difference + i);
        }
    }

    private void BackwardRow(int columns, T* inputs, float* gates, T* gradient)
    {
        for (var i = 0; i < columns; i += Lanes.Width)
        {
            var hidden = T.Load(gradient + i) * Vector512.Load(gates + i);
            var (value, slope) = _nonlinearity.ValueAndSlope(T.Load(inputs + i));
            if (_gated)
            {
                var up = T.Load(inputs + columns + i);
                T.Store(hidden * value, inputs + columns + i);
                hidden *= up;
            }

            T.Store(hidden * slope, inputs + i);
        }
    }
}
