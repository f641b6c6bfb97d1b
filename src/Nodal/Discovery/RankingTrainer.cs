using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Patching;

namespace Nodal.Discovery;

/// <summary>Trains one score per node so that thresholding them gives a good circuit of every size: one run, no coefficient.</summary>
/// <remarks>
/// Top-k with a sigmoid and random budgets is MAttr's (arXiv 2609.25518); one budget in real parameters over all granularities is Nodal's.
/// <code>
/// each step:
/// 1.  take a size k = f + (1 − f) k', k' log-uniform in [k_min, 1] (<see cref="SizeSequence"/>), f the size of gates that are always 1, and a batch
/// 2.  find τ with P(g(s, τ)) = k P(1)
/// 3.  L = KL(full ‖ gated), and where there is a margin + mean max(0, margin − D), D the logit difference; ∂L/∂g
/// 4.  ds through the moving threshold (<see cref="BudgetedGradient"/>); Adam
/// </code>
/// </remarks>
internal sealed class RankingTrainer
{
    private readonly GateLayout _layout;
    private readonly SizeAccount _account;
    private readonly IGateGradient _loss;
    private readonly RankingOptions _options;
    private readonly TimeProvider _time;
    private readonly IReadOnlyCollection<Granularity> _trained;
    private readonly ConstantTraining? _constants;
    private readonly double[] _gates;
    private readonly double[] _slopes;
    private readonly double[] _lossGradient;
    private readonly double[] _sizeGradient;
    private readonly double[] _scoreGradient;

    /// <param name="layout">Where the gates stand.</param>
    /// <param name="loss">Gradient of <see cref="LossOf"/> over training pairs.</param>
    /// <param name="options">How to train.</param>
    /// <param name="time">The clock.</param>
    /// <param name="trained">Granularities whose gates are trained; those of all others are 1, their scores +∞. Default all of the layout.</param>
    /// <param name="constants">Trained beside the scores; default none.</param>
    public RankingTrainer(
        GateLayout layout, IGateGradient loss, RankingOptions options, TimeProvider time, IReadOnlyCollection<Granularity>? trained = null, ConstantTraining? constants = null)
    {
        options.Validate();
        (_layout, _loss, _options, _time, _trained, _constants) = (layout, loss, options, time, trained ?? layout.Granularities, constants);
        _account = new SizeAccount(layout);
        (_gates, _slopes, _lossGradient, _sizeGradient, _scoreGradient) = (Zeros(), Zeros(), Zeros(), Zeros(), Zeros());
    }

    /// <summary>What the engine takes the gradient of.</summary>
    public static AnswerLoss LossOf(RankingOptions options) => options.Margin is { } margin ? new AnswerLoss { MarginWeight = 1, Margin = margin } : AnswerLoss.Divergence;

    /// <summary>Runs all steps, or those that are left.</summary>
    /// <param name="progress">Hears of each step.</param>
    /// <param name="from">Where an earlier training stopped; default the beginning.</param>
    /// <param name="save">Keeps a state: every <see cref="RankingOptions.CheckpointSeconds"/>, when cancelled, and after the last step.</param>
    /// <param name="cancellation">Looked at between two steps.</param>
    /// <returns>The trained ranking.</returns>
    /// <exception cref="OperationCanceledException">Cancelled between two steps.</exception>
    public Ranking Train(
        IProgress<TrainingProgress>? progress = null, TrainingState? from = null, Action<TrainingState>? save = null, CancellationToken cancellation = default)
    {
        var smallest = _options.MinimumSize ?? RankingOptions.DefaultMinimumSize(_account.Total);
        var batches = new BatchSampler(_loss.Pairs.Count, _options.BatchSize);
        var (scores, optimizer) = TrainingState.Start(from, InitialScores);
        var fixedSize = _account.Fraction(Array.ConvertAll(scores, score => double.IsPositiveInfinity(score) ? 1.0 : 0.0));
        TrainingProgress Take(int step)
        {
            var random = StepRandom.Of(_options.Seed, step);
            var size = fixedSize + ((1 - fixedSize) * Math.Exp(SizeSequence.Of(_options.Seed, step) * Math.Log(smallest)));
            var temperature = RankingSchedule.Temperature(_options, step);
            var kl = Gradient(scores, batches.Next(random), size, temperature);
            optimizer.Update(scores, _scoreGradient, RankingSchedule.LearningRate(_options, step));
            _constants?.Update(RankingSchedule.LearningRate(_options, step) / _options.LearningRate);
            return new TrainingProgress(step + 1, _options.Steps, kl, size, temperature, TimeSpan.Zero);
        }

        new TrainingLoop(_options.Steps, _options.CheckpointSeconds, _time, _constants).Run(scores, optimizer, from, Take, progress, save, cancellation);
        return new Ranking(_layout, scores);
    }

    /// <summary>The loss at a size, and in <see cref="ScoreGradient"/> its gradient for the scores.</summary>
    /// <param name="scores">(gates).</param>
    /// <param name="batch">Positions of the pairs.</param>
    /// <param name="size">k, fraction of all block parameters.</param>
    /// <param name="temperature">T.</param>
    /// <returns>KL, nats.</returns>
    internal double Gradient(ReadOnlySpan<double> scores, int[] batch, double size, double temperature)
    {
        var function = new GateFunction(temperature, _options.Stretch);
        BudgetThreshold.Find(function, _account, scores, size, _gates);
        var kl = _loss.Step(batch, _gates, _lossGradient);
        function.Slopes(_gates, _slopes);
        _account.Gradient(_gates, _sizeGradient);
        BudgetedGradient.Compute(_slopes, _lossGradient, _sizeGradient, _scoreGradient);
        return kl;
    }

    /// <summary>(gates): what the last <see cref="Gradient"/> computed.</summary>
    internal ReadOnlySpan<double> ScoreGradient => _scoreGradient;

    private double[] InitialScores()
    {
        var scores = Zeros();
        foreach (var granularity in _layout.Granularities)
        {
            scores.AsSpan(_layout.Span(granularity)).Fill(!_trained.Contains(granularity) ? double.PositiveInfinity : GateLayout.IsLeaf(granularity) ? _options.LeafScore : _options.ParentScore);
        }

        return scores;
    }

    private double[] Zeros() => new double[_layout.Count];
}
