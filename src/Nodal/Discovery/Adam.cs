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
        for (var i = 0; i < parameters.Length; i++)
        {
            _first[i] = (Beta1 * _first[i]) + ((1 - Beta1) * gradient[i]);
            _second[i] = (Beta2 * _second[i]) + ((1 - Beta2) * gradient[i] * gradient[i]);
            parameters[i] -= rate * (_first[i] / correction1) / (Math.Sqrt(_second[i] / correction2) + Epsilon);
        }
    }
}
