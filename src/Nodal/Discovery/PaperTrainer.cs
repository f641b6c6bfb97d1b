using System.Numerics.Tensors;
using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Patching;

namespace Nodal.Discovery;

/// <summary>Trains log α of every gate as published; at the end the nodes with log α above 0 are the circuit.</summary>
/// <remarks>
/// Multi-granular node pruning (Haider, Rizwan, Sajjad, Siddique, arXiv 2512.10903) and its released code. Gates are nested products, so a gate below a closed one has no gradient.
/// <code>
/// each step:
/// 1.  one draw for every gate, shared by the batch: value 0 or 1, slope of the value between (<see cref="HardConcrete"/>)
/// 2.  ∂/∂gate of (1 − λ)(KL + mean max(0, margin − D)), times the slope
/// 3.  + λ ∂S/∂log α (<see cref="PaperPenalty"/>)
/// 4.  clip; AdamW at the epoch's rate
/// </code>
/// </remarks>
internal sealed class PaperTrainer
{
    private readonly GateLayout _layout;
    private readonly IReadOnlyCollection<Granularity> _trained;
    private readonly ConstantTraining? _constants;
    private readonly IGateGradient _loss;
    private readonly PaperOptions _options;
    private readonly TimeProvider _time;
    private readonly HardConcrete _gate;
    private readonly PaperPenalty _penalty;
    private readonly SizeAccount _account;
    private readonly double[] _gradient;
    private readonly double[] _slopes;
    private readonly double[] _gateGradient;

    /// <param name="layout">Where the gates stand.</param>
    /// <param name="loss">Gradient of <see cref="LossOf"/>.</param>
    /// <param name="options">Resolved.</param>
    /// <param name="time">The clock.</param>
    /// <param name="trained">Granularities whose gates are trained; those of all others are 1, their log α +∞. Default all of the layout.</param>
    /// <param name="constants">Trained beside log α; default none.</param>
    public PaperTrainer(
        GateLayout layout, IGateGradient loss, PaperOptions options, TimeProvider time, IReadOnlyCollection<Granularity>? trained = null, ConstantTraining? constants = null)
    {
        options.Validate();
        (_layout, _loss, _options, _time, _trained, _constants) = (layout, loss, options, time, trained ?? layout.Granularities, constants);
        (_gate, _penalty, _account) = (options.Gate, new PaperPenalty(layout, options, trained), new SizeAccount(layout));
        (_gradient, _slopes, _gateGradient) = (new double[layout.Count], new double[layout.Count], new double[layout.Count]);
    }

    /// <summary>(1 − λ)(KL + margin term), what the engine takes the gradient of.</summary>
    /// <param name="options">Resolved.</param>
    public static AnswerLoss LossOf(PaperOptions options) => new()
    {
        KlWeight = 1 - options.Lambda,
        AmongChoices = options.AmongChoices ?? false,
        MarginWeight = options.Margin is null ? 0 : 1 - options.Lambda,
        Margin = options.Margin ?? 0,
    };

    /// <summary>Runs all steps, or those that are left.</summary>
    /// <param name="progress">Hears of each step.</param>
    /// <param name="from">Where an earlier training stopped; default the beginning.</param>
    /// <param name="save">Keeps a state: every <see cref="PaperOptions.CheckpointSeconds"/>, when cancelled, and after the last step.</param>
    /// <param name="cancellation">Looked at between two steps.</param>
    /// <returns>log α as scores.</returns>
    /// <exception cref="OperationCanceledException">Cancelled between two steps.</exception>
    public Ranking Train(
        IProgress<TrainingProgress>? progress = null, TrainingState? from = null, Action<TrainingState>? save = null, CancellationToken cancellation = default)
    {
        var steps = _options.Steps!.Value;
        var batches = new EpochBatches(_loss.Pairs.Count, _options.BatchSize!.Value, _options.Seed);
        var (logAlpha, optimizer) = TrainingState.Start(from, InitialLogAlpha, Optimizer);
        TrainingProgress Take(int step)
        {
            var size = ExpectedSize(logAlpha);
            var (kl, penalty) = Gradient(logAlpha, batches.Of(step), step, Noise(step));
            GradientClip.Apply(_gradient, _options.GradientNorm);
            var rate = PaperSchedule.LearningRate(_options, batches.Epoch(step));
            optimizer.Update(logAlpha, _gradient, rate, _options.WeightDecay);
            _constants?.Update(rate / _options.LearningRate!.Value);
            return new TrainingProgress(step + 1, steps, kl, size, Temperature: null, TimeSpan.Zero) { Penalty = penalty };
        }

        new TrainingLoop(steps, _options.CheckpointSeconds, _time, _constants).Run(logAlpha, optimizer, from, Take, progress, save, cancellation);
        return new Ranking(_layout, logAlpha);
    }

    /// <summary>KL and S under some noise, and in <see cref="LogAlphaGradient"/> the gradient of the whole loss, not yet clipped.</summary>
    /// <param name="logAlpha">(gates).</param>
    /// <param name="batch">Positions of the pairs.</param>
    /// <param name="step">0-based.</param>
    /// <param name="noise">(gates): u.</param>
    internal (double Kl, double Penalty) Gradient(ReadOnlySpan<double> logAlpha, int[] batch, int step, ReadOnlySpan<double> noise)
    {
        var (gates, live) = (new double[_layout.Count], new bool[_layout.Count]);
        _gate.Draw(logAlpha, noise, gates, live, _slopes);
        var kl = _loss.Step(batch, new GateValues(gates, live), _gateGradient);
        TensorPrimitives.Multiply(_gateGradient, _slopes, _gateGradient);
        var penalty = _penalty.Of(logAlpha, step, _gradient);
        TensorPrimitives.MultiplyAdd(_gradient, _options.Lambda, _gateGradient, _gradient);
        return (kl, penalty);
    }

    /// <summary>(gates): what the last <see cref="Gradient"/> computed.</summary>
    internal ReadOnlySpan<double> LogAlphaGradient => _gradient;

    /// <summary>(gates): u of a step.</summary>
    internal double[] Noise(int step) => Uniform(PaperRandom.OfStep(_options.Seed, step), _options.NoiseEdge, 1 - _options.NoiseEdge);

    /// <summary>(gates): log α before the first step.</summary>
    internal double[] InitialLogAlpha()
    {
        var logAlpha = Uniform(PaperRandom.OfStart(_options.Seed), _options.InitialLow, _options.InitialHigh);
        foreach (var granularity in _layout.Granularities.Where(granularity => !_trained.Contains(granularity)))
        {
            logAlpha.AsSpan(_layout.Span(granularity)).Fill(double.PositiveInfinity);
        }

        return logAlpha;
    }

    private Adam Optimizer(double[] first, double[] second, int step) => new(first, second, step) { Beta1 = _options.Beta1, Beta2 = _options.Beta2, Epsilon = _options.Epsilon };

    private double ExpectedSize(double[] logAlpha) => _account.Fraction(Array.ConvertAll(logAlpha, _gate.OpenProbability));

    private double[] Uniform(Random random, double low, double high)
    {
        var values = new double[_layout.Count];
        foreach (ref var value in values.AsSpan())
        {
            value = low + ((high - low) * random.NextDouble());
        }

        return values;
    }
}
