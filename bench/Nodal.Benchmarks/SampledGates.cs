using Nodal.Gates;

namespace Nodal.Benchmarks;

/// <summary>Gates as a ranking run draws them late, at temperature 0.1: exact zeros, exact ones and a few fractions between.</summary>
internal sealed class SampledGates
{
    private const double LateTemperature = 0.1;
    private const double Stretch = 0.1;
    private const double ParentScore = 2;

    private readonly SizeAccount _account;
    private readonly double[] _scores;

    /// <summary>Random scores: normal, and higher by 2 for blocks and heads, as training starts them.</summary>
    public SampledGates(GateLayout layout, int seed)
    {
        _account = new SizeAccount(layout);
        var random = new Random(seed);
        _scores = [.. Enumerable.Range(0, layout.Count).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
        foreach (var parent in new[] { Granularity.AttentionBlock, Granularity.Head, Granularity.MlpBlock })
        {
            foreach (ref var score in _scores.AsSpan(layout.Span(parent)))
            {
                score += ParentScore;
            }
        }
    }

    /// <summary>(gates): the gates at a size.</summary>
    public double[] At(double size)
    {
        var gates = new double[_scores.Length];
        BudgetThreshold.Find(new GateFunction(LateTemperature, Stretch), _account, _scores, size, gates);
        return gates;
    }
}
