using System.Numerics.Tensors;
using Nodal.Patching;

namespace Nodal.Discovery;

/// <summary>Trains the constants of a learned ablation beside the scores, whatever trains those.</summary>
/// <remarks>With a = a_0 + s u, s the size of constants of that kind, layer and class, Adam moves u: constants of all layers move by the same part of their size.</remarks>
internal sealed class ConstantTraining
{
    private readonly TrainedConstants _constants;
    private readonly double _rate;
    private readonly Adam _optimizer;
    private readonly double[] _gradient;
    private readonly double[] _move;

    /// <param name="constants">As a state left them, or the first ones.</param>
    /// <param name="rate">Adam's, in sizes per step.</param>
    /// <param name="from">Where an earlier training stopped; default the beginning.</param>
    public ConstantTraining(TrainedConstants constants, double rate, TrainingState? from = null)
    {
        (_constants, _rate) = (constants, rate);
        (_gradient, _move) = (new double[constants.Gradient.Length], new double[constants.Gradient.Length]);
        _optimizer = from?.Constants is { } state ? new Adam([.. state.FirstMoment], [.. state.SecondMoment], from.Steps) : new Adam(constants.Gradient.Length);
    }

    /// <summary>What another process can go on from.</summary>
    public ConstantState State => new([.. _constants.Values], [.. _optimizer.FirstMoment], [.. _optimizer.SecondMoment]);

    /// <summary>Moves the constants against the gradient of the last step.</summary>
    /// <param name="share">Of the rate, by the schedule of the scores.</param>
    public void Update(double share)
    {
        TensorPrimitives.Multiply(_constants.Gradient, _constants.Scales, _gradient);
        Array.Clear(_move);
        _optimizer.Update(_move, _gradient, share * _rate);
        TensorPrimitives.MultiplyAdd(_move, _constants.Scales, _constants.Values, _move);
        _constants.Set(_move);
    }
}
