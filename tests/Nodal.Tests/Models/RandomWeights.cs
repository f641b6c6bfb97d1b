using Nodal.Models;
using static TorchSharp.torch;

namespace Nodal.Tests.Models;

/// <summary>Draws weights of such a spread that every part of a tiny model matters.</summary>
/// <param name="random">The generator.</param>
/// <param name="precision">Of the weights.</param>
/// <param name="gain">Factor of the spread of maps: without norms a smaller one, that activations do not grow out of what is asked of rounding.</param>
internal sealed class RandomWeights(Random random, ScalarType precision, double gain = 1)
{
    public LinearMap Linear(int outputs, int inputs, bool bias) =>
        new(Normal(gain * 1.5 / Math.Sqrt(inputs), outputs, inputs), bias ? Normal(0.4, outputs) : null);

    public NormWeights Norm(ModelConfig config) => config.Norm == NormKind.None
        ? NormWeights.Identity(config.Width, precision)
        : new(Normal(0.2, mean: 1, [config.Width]), config.Norm == NormKind.LayerNorm ? Normal(0.3, config.Width) : null);

    public Tensor Normal(double spread, params long[] shape) => Normal(spread, mean: 0, shape);

    private Tensor Normal(double spread, double mean, long[] shape)
    {
        var values = new double[shape.Aggregate(1L, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = mean + (spread * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        using var scope = NewDisposeScope();
        return tensor(values, shape).to(precision).MoveToOuterDisposeScope();
    }
}
