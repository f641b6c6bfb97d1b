using System.Numerics.Tensors;

namespace Nodal.Patching;

/// <summary>The constants of a learned ablation while they are trained: their values, which may be set, and what the last step's loss would gain from moving them.</summary>
/// <param name="ablation">Whose constants.</param>
/// <param name="changed">Told after they were set, so that copies of the ablated stream are made anew.</param>
internal sealed class TrainedConstants(ConstantAblation ablation, Action? changed = null)
{
    /// <summary>Where they stand.</summary>
    public ConstantLayout Layout => ablation.Constants.Layout;

    /// <summary>(constants): the current ones, attention neurons and hidden neurons of every layer (<see cref="ConstantLayout"/>).</summary>
    public ReadOnlySpan<double> Values => ablation.Constants.Values.AsSpan(0, Layout.Trained);

    /// <summary>(constants): of the loss of the last step.</summary>
    public double[] Gradient { get; } = new double[ablation.Constants.Layout.Trained];

    /// <summary>(constants): how large a constant of this kind, layer and class is on average, the root of the mean square; what a step is measured in.</summary>
    public double[] Scales { get; } = ScalesOf(ablation.Constants);

    /// <summary>Puts others in their place.</summary>
    /// <param name="values">(constants).</param>
    public void Set(ReadOnlySpan<double> values)
    {
        ablation.Set(values);
        changed?.Invoke();
    }

    private static double[] ScalesOf(NodeConstants constants)
    {
        var layout = constants.Layout;
        var scales = new double[layout.Trained];
        foreach (var span in Enumerable.Range(0, layout.Config.Layers).SelectMany(layer => new[] { layout.Heads(layer), layout.Hidden(layer) }))
        {
            var (start, length) = span.GetOffsetAndLength(scales.Length);
            var width = length / layout.Classes;
            for (var row = start; row < start + length; row += width)
            {
                var own = constants.Initial.AsSpan(row, width);
                scales.AsSpan(row, width).Fill(TensorPrimitives.Norm<double>(own) / Math.Sqrt(width));
            }
        }

        return scales;
    }
}
