using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Patching;

namespace Nodal.Discovery;

/// <summary>Moves scores by the gradient at hard gates of one size: what pays to open rises, what can go falls.</summary>
/// <remarks>
/// Every gate is 0 or 1, so the loss is that of a circuit; closed nodes near the threshold are live, so that ∂L/∂g says what opening them would do. The gradient of a hard gate for its score is
/// taken as that of a sigmoid around the threshold (straight-through, Bengio et al. 2013, arXiv 1308.3432), and the price of a parameter is taken off as in <see cref="BudgetedGradient"/>.
/// </remarks>
internal sealed class HardGateDescent
{
    private readonly IGateGradient _loss;
    private readonly RefinementOptions _options;
    private readonly SizeAccount _account;
    private readonly BatchSampler _batches;
    private readonly Adam _optimizer;
    private readonly double[] _scores;
    private readonly double[] _gates;
    private readonly bool[] _live;
    private readonly double[] _slopes;
    private readonly double[] _lossGradient;
    private readonly double[] _sizeGradient;
    private readonly double[] _scoreGradient;

    public HardGateDescent(Ranking ranking, IGateGradient loss, RefinementOptions options)
    {
        var count = ranking.Layout.Count;
        (_loss, _options, _account) = (loss, options, new SizeAccount(ranking.Layout));
        _batches = new BatchSampler(loss.Pairs.Count, options.BatchSize);
        _optimizer = new Adam(count);
        _scores = ranking.Scores.ToArray();
        (_gates, _live, _slopes) = (new double[count], new bool[count], new double[count]);
        (_lossGradient, _sizeGradient, _scoreGradient) = (new double[count], new double[count], new double[count]);
        Layout = ranking.Layout;
    }

    public GateLayout Layout { get; }

    /// <summary>The family of circuits of the scores as they are now.</summary>
    public Ranking Ranking => new(Layout, _scores);

    /// <summary>One step.</summary>
    /// <param name="size">Of the circuit the gradient is taken at, a fraction of all block parameters.</param>
    /// <param name="rate">Adam's.</param>
    /// <param name="random">Draws the batch.</param>
    public void Step(double size, double rate, Random random)
    {
        var threshold = Threshold(size);
        for (var i = 0; i < _scores.Length; i++)
        {
            var distance = (_scores[i] - threshold) / _options.Temperature;
            var sigmoid = 1 / (1 + Math.Exp(-distance));
            _gates[i] = distance > 0 ? 1 : 0;
            _live[i] = distance > -_options.Reach;
            _slopes[i] = _live[i] ? sigmoid * (1 - sigmoid) / _options.Temperature : 0;
        }

        _loss.Step(_batches.Next(random), new GateValues(_gates, _live), _lossGradient);
        _account.Gradient(_gates, _sizeGradient);
        BudgetedGradient.Compute(_slopes, _lossGradient, _sizeGradient, _scoreGradient);
        _optimizer.Update(_scores, _scoreGradient, rate);
    }

    /// <summary>The lowest score above which hard gates are not larger than a size; the highest where even what is always open is. Infinite scores are no thresholds; where all are infinite, it is 0, which changes nothing.</summary>
    private double Threshold(double size)
    {
        double[] ordered = [.. _scores.Where(double.IsFinite)];
        if (ordered.Length == 0)
        {
            return 0;
        }

        Array.Sort(ordered);
        var (tooLarge, fits) = (-1, ordered.Length - 1);
        while (fits - tooLarge > 1)
        {
            var middle = (tooLarge + fits) / 2;
            for (var i = 0; i < _scores.Length; i++)
            {
                _gates[i] = _scores[i] > ordered[middle] ? 1 : 0;
            }

            if (_account.Fraction(_gates) <= size)
            {
                fits = middle;
            }
            else
            {
                tooLarge = middle;
            }
        }

        return ordered[fits];
    }
}
