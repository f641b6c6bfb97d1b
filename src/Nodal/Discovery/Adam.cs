using System.Runtime.Intrinsics;
using Nodal.Gates;

namespace Nodal.Discovery;

/// <summary>Adam (Kingma and Ba 2015, arXiv 1412.6980) over a flat vector, β = (0.9, 0.999), ε = 1e-8.</summary>
internal sealed class Adam(int count)
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly double[] _first = new double[count];
    private readonly double[] _second = new double[count];
    private int _step;

    /// <summary>Moves the parameters one step against the gradient.</summary>
    public void Update(Span<double> parameters, ReadOnlySpan<double> gradient, double rate)
    {
        _step++;
        var correction1 = 1 - Math.Pow(Beta1, _step);
        var correction2 = 1 - Math.Pow(Beta2, _step);
        for (var i = 0; i < parameters.Length; i += Lanes.Count)
        {
            var slope = Lanes.Load(gradient, i);
            var first = (Beta1 * Lanes.Load(_first, i)) + ((1 - Beta1) * slope);
            var second = (Beta2 * Lanes.Load(_second, i)) + ((1 - Beta2) * slope * slope);
            Lanes.Store(first, _first, i);
            Lanes.Store(second, _second, i);
            var move = rate * (first / correction1) / (Vector256.Sqrt(second / correction2) + Vector256.Create(Epsilon));
            Lanes.Store(Lanes.Load(parameters, i) - move, parameters, i);
        }
    }
}
