using System.Runtime.Intrinsics;
using Nodal.Models;

namespace Nodal.Patching.Fast;

/// <summary>From the projections of an MLP to its hidden activations and back.</summary>
/// <param name="config">Which non-linearity, gated or not.</param>
internal sealed unsafe class ActivationKernel<T>(ModelConfig config)
    where T : unmanaged, IElement<T>
{
    private readonly Nonlinearity _nonlinearity = new(config.Activation);
    private float[] _ablated = [];

    /// <summary>h − h^c of a pair's open hidden neurons.</summary>
    /// <param name="plan">What is open.</param>
    /// <param name="ablated">h^c, all hidden neurons.</param>
    /// <param name="span">The pair's rows.</param>
    /// <param name="inputs">(rows, 2 columns) or (rows, columns): projections without bias.</param>
    /// <param name="difference">(rows, columns), overwritten.</param>
    public void Forward(MlpPlan<T> plan, Rows<T> ablated, RowSpan span, Matrix<T> inputs, Matrix<T> difference)
    {
        if (_ablated.Length < plan.Columns)
        {
            _ablated = GC.AllocateArray<float>(plan.Columns, pinned: true);
        }

        fixed (float* closed = _ablated, bias = plan.InputBias)
        {
            new Span<float>(closed + plan.Hidden.Length, plan.Columns - plan.Hidden.Length).Clear();
            for (var i = 0; i < span.Count; i++)
            {
                if (plan.Hidden.Length == config.HiddenWidth)
                {
                    RowKernels<T>.Widen(ablated[i], closed, plan.Columns);
                }
                else
                {
                    RowKernels<T>.Gather(ablated[i], plan.Hidden, closed);
                }

                var row = span.First + i;
                ForwardRow(plan.Columns, inputs.Row(row), bias, closed, difference.Row(row));
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
        fixed (float* bias = plan.InputBias, gates = plan.HiddenGates)
        {
            for (var row = 0; row < rows; row++)
            {
                BackwardRow(plan, inputs.Row(row), bias, gates, gradient.Row(row));
            }
        }
    }

    private void ForwardRow(int columns, T* inputs, float* bias, float* closed, T* difference)
    {
        for (var i = 0; i < columns; i += Lanes.Width)
        {
            var hidden = _nonlinearity.Value(T.Load(inputs + i) + Vector512.Load(bias + i));
            if (config.GatedMlp)
            {
                hidden *= T.Load(inputs + columns + i) + Vector512.Load(bias + columns + i);
            }

            T.Store(hidden - Vector512.Load(closed + i), difference + i);
        }
    }

    private void BackwardRow(MlpPlan<T> plan, T* inputs, float* bias, float* gates, T* gradient)
    {
        for (var i = 0; i < plan.Columns; i += Lanes.Width)
        {
            var hidden = T.Load(gradient + i) * Vector512.Load(gates + i);
            var (value, slope) = _nonlinearity.ValueAndSlope(T.Load(inputs + i) + Vector512.Load(bias + i));
            if (config.GatedMlp)
            {
                var up = T.Load(inputs + plan.Columns + i) + Vector512.Load(bias + plan.Columns + i);
                T.Store(hidden * value, inputs + plan.Columns + i);
                hidden *= up;
            }

            T.Store(hidden * slope, inputs + i);
        }
    }
}
