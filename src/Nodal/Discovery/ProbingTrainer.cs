using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Patching;

namespace Nodal.Discovery;

/// <summary>Trains log α of the gates of heads and MLP blocks by subnetwork probing.</summary>
/// <remarks>
/// Cao, Sanh and Rush 2021 (arXiv 2104.03514) on a frozen model without a probe, as Conmy et al. 2023 (arXiv 2304.14997) do: gates are the soft values of hard concrete variables. Differences:
/// one gate for a head, not one each for its queries, keys and values; KL to the full model for every task.
/// <code>
/// each step:
/// 1.  one draw t of every gate (<see cref="HardConcrete"/>), shared by the batch
/// 2.  L = KL(full ‖ gated) + λ(step) · mean over gates of P(t ≠ 0)
/// 3.  Adam
/// </code>
/// </remarks>
internal sealed class ProbingTrainer
{
    private const double NoiseEdge = 1e-8;

    private readonly GateLayout _layout;
    private readonly IGateGradient _loss;
    private readonly ProbingOptions _options;
    private readonly TimeProvider _time;
    private readonly ConstantTraining? _constants;
    private readonly SizeAccount _account;
    private readonly int[] _trained;
    private readonly double[] _gateGradient;
    private readonly double[] _gradient;

    /// <param name="layout">Where the gates stand.</param>
    /// <param name="loss">Gradient of KL over training pairs.</param>
    /// <param name="options">How to train.</param>
    /// <param name="time">The clock.</param>
    /// <param name="trained">Granularities whose gates are trained; those of all others are 1, their scores +∞.</param>
    /// <param name="constants">Trained beside log α; default none.</param>
    public ProbingTrainer(
        GateLayout layout, IGateGradient loss, ProbingOptions options, TimeProvider time, IReadOnlyCollection<Granularity> trained, ConstantTraining? constants = null)
    {
        options.Validate();
        (_layout, _loss, _options, _time, _constants) = (layout, loss, options, time, constants);
        _account = new SizeAccount(layout);
        _trained = [.. Enumerable.Range(0, layout.Count).Where(i => trained.Contains(layout[i].Granularity))];
        (_gateGradient, _gradient) = (new double[layout.Count], new double[layout.Count]);
    }

    /// <summary>Runs all steps, or those that are left.</summary>
    /// <inheritdoc cref="RankingTrainer.Train"/>
    public Ranking Train(
        IProgress<TrainingProgress>? progress = null, TrainingState? from = null, Action<TrainingState>? save = null, CancellationToken cancellation = default)
    {
        var batches = new BatchSampler(_loss.Pairs.Count, _options.BatchSize);
        var (logAlpha, optimizer) = TrainingState.Start(from, InitialLogAlpha);
        TrainingProgress Take(int step)
        {
            var size = _account.Fraction(Array.ConvertAll(logAlpha, _options.Gate.OpenProbability));
            var random = StepRandom.Of(_options.Seed, step);
            var (kl, penalty) = Gradient(logAlpha, batches.Next(random), step, Noise(random));
            optimizer.Update(logAlpha, _gradient, _options.LearningRate);
            _constants?.Update(1);
            return new TrainingProgress(step + 1, _options.Steps, kl, size, Temperature: null, TimeSpan.Zero) { Penalty = penalty };
        }

        new TrainingLoop(_options.Steps, _options.CheckpointSeconds, _time, _constants).Run(logAlpha, optimizer, from, Take, progress, save, cancellation);
        return new Ranking(_layout, logAlpha);
    }

    /// <summary>KL and mean P(t ≠ 0) under some noise, and in <see cref="LogAlphaGradient"/> the gradient of the whole loss.</summary>
    /// <param name="logAlpha">(gates).</param>
    /// <param name="batch">Positions of the pairs.</param>
    /// <param name="step">0-based.</param>
    /// <param name="noise">(gates): u.</param>
    internal (double Kl, double Penalty) Gradient(ReadOnlySpan<double> logAlpha, int[] batch, int step, ReadOnlySpan<double> noise)
    {
        var (gate, weight) = (_options.Gate, _options.LambdaAt(step) / _trained.Length);
        var gates = new double[_layout.Count];
        Array.Fill(gates, 1);
        foreach (var i in _trained)
        {
            gates[i] = gate.Value(logAlpha[i], noise[i]);
        }

        var kl = _loss.Step(batch, gates, _gateGradient);
        double penalty = 0;
        foreach (var i in _trained)
        {
            var live = gate.LiveProbability(logAlpha[i]);
            penalty += live / _trained.Length;
            _gradient[i] = (_gateGradient[i] * gate.Slope(logAlpha[i], noise[i])) + (weight * live * (1 - live));
        }

        return (kl, penalty);
    }

    /// <summary>(gates): what the last <see cref="Gradient"/> computed.</summary>
    internal ReadOnlySpan<double> LogAlphaGradient => _gradient;

    private double[] InitialLogAlpha()
    {
        var logAlpha = new double[_layout.Count];
        Array.Fill(logAlpha, double.PositiveInfinity);
        foreach (var i in _trained)
        {
            logAlpha[i] = _options.InitialLogAlpha;
        }

        return logAlpha;
    }

    private double[] Noise(Random random) => [.. Enumerable.Range(0, _layout.Count).Select(_ => NoiseEdge + ((1 - (2 * NoiseEdge)) * random.NextDouble()))];
}
