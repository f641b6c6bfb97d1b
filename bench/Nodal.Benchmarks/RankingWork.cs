using System.Diagnostics;
using Nodal.Discovery;
using Nodal.Gates;

namespace Nodal.Benchmarks;

/// <summary>Steps of a ranking run with the loss's gradient given instead of computed; times each phase of the rest.</summary>
internal sealed class RankingWork(GateLayout layout, int pairs, int steps)
{
    private static readonly RankingOptions Defaults = new();

    private readonly RankingOptions _options = Defaults with { Steps = steps };
    private readonly SizeAccount _account = new(layout);
    private readonly Adam _optimizer = new(layout.Count);
    private readonly BatchSampler _batches = new(pairs, Defaults.BatchSize);
    private readonly Random _random = new(0);
    private readonly double[] _scores = new double[layout.Count];
    private readonly double[] _gates = new double[layout.Count];
    private readonly double[] _slopes = new double[layout.Count];
    private readonly double[] _lossGradient = new double[layout.Count];
    private readonly double[] _sizeGradient = new double[layout.Count];
    private readonly double[] _scoreGradient = new double[layout.Count];

    /// <summary>How useful each gate is: the same in every step, as in a run, so that scores spread.</summary>
    private readonly double[] _useful = [.. Enumerable.Range(0, layout.Count).Select(gate => new Random(gate).NextDouble() - 0.5)];

    public static string[] Phases { get; } = ["batch", "threshold", "slopes", "size gradient", "score gradient", "Adam"];

    /// <summary>Runs all steps.</summary>
    /// <returns>(steps, phases): milliseconds.</returns>
    public double[][] Measure()
    {
        var milliseconds = new double[steps][];
        for (var step = 0; step < steps; step++)
        {
            for (var gate = 0; gate < _useful.Length; gate++)
            {
                _lossGradient[gate] = 1e-4 * (_useful[gate] + _random.NextDouble() - 0.5);
            }

            milliseconds[step] = Step(step);
        }

        return milliseconds;
    }

    private double[] Step(int step)
    {
        var size = Math.Pow(RankingOptions.DefaultMinimumSize(_account.Total), _random.NextDouble());
        var function = new GateFunction(RankingSchedule.Temperature(_options, step), _options.Stretch);
        var rate = RankingSchedule.LearningRate(_options, step);
        return
        [
            Milliseconds(() => _batches.Next(_random)),
            Milliseconds(() => BudgetThreshold.Find(function, _account, _scores, size, _gates)),
            Milliseconds(() => function.Slopes(_gates, _slopes)),
            Milliseconds(() => _account.Gradient(_gates, _sizeGradient)),
            Milliseconds(() => BudgetedGradient.Compute(_slopes, _lossGradient, _sizeGradient, _scoreGradient)),
            Milliseconds(() => _optimizer.Update(_scores, _scoreGradient, rate)),
        ];
    }

    private static double Milliseconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
