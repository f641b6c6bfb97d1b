using System.Runtime.Intrinsics;
using Nodal.Gates;

namespace Nodal.Discovery;

/// <summary>Adam (Kingma and Ba 2015, arXiv 1412.6980) over a flat vector; with a decay AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101).</summary>
/// <param name="first">Mean of gradients; owned.</param>
/// <param name="second">Mean of squared gradients; owned.</param>
/// <param name="step">Updates so far.</param>
internal sealed class Adam(double[] first, double[] second, int step)
{
    private int _step = step;

    /// <param name="count">Parameters.</param>
    public Adam(int count)
        : this(new double[count], new double[count], 0)
    {
    }

    /// <summary>β₁; default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂; default 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε; default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    public ReadOnlySpan<double> FirstMoment => first;

    public ReadOnlySpan<double> SecondMoment => second;

    /// <summary>Moves the parameters one step against the gradient.</summary>
    /// <param name="parameters">Overwritten.</param>
    /// <param name="gradient">As many.</param>
    /// <param name="rate">Of this step.</param>
    /// <param name="decay">Each parameter first loses this share of it, times the rate; default none.</param>
    public void Update(Span<double> parameters, ReadOnlySpan<double> gradient, double rate, double decay = 0)
    {
        _step++;
        var correction1 = 1 - Math.Pow(Beta1, _step);
        var correction2 = 1 - Math.Pow(Beta2, _step);
        for (var i = 0; i < parameters.Length; i += Lanes.Count)
        {
            var slope = Lanes.Load(gradient, i);
            var mean = (Beta1 * Lanes.Load(first, i)) + ((1 - Beta1) * slope);
            var square = (Beta2 * Lanes.Load(second, i)) + ((1 - Beta2) * slope * slope);
            Lanes.Store(mean, first, i);
            Lanes.Store(square, second, i);
            var move = rate * (mean / correction1) / (Vector256.Sqrt(square / correction2) + Vector256.Create(Epsilon));
            Lanes.Store((Lanes.Load(parameters, i) * (1 - (rate * decay))) - move, parameters, i);
        }
    }
}
