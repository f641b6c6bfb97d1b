using Nodal.Gates;
using Nodal.Runtime;

namespace Nodal.Discovery;

/// <summary>How gates are trained by subnetwork probing (Cao, Sanh and Rush 2021, arXiv 2104.03514), on heads and MLP blocks as in Conmy et al. 2023 (arXiv 2304.14997).</summary>
public sealed record ProbingOptions
{
    /// <summary>Optimisation steps; default 400.</summary>
    public int Steps { get; init; } = 400;

    /// <summary>Pairs per step; default 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Adam's rate, in units of log α per step; default 0.1.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>λ, weight of the mean probability that a gate is not 0; 0 in the first quarter of the steps, reached in a straight line at three quarters; default 1.</summary>
    public double Lambda { get; init; } = 1;

    /// <summary>β, temperature of the hard concrete gates; default 2/3.</summary>
    public double Temperature { get; init; } = 2.0 / 3;

    /// <summary>γ, where the stretched gates begin; default −0.1.</summary>
    public double StretchLow { get; init; } = -0.1;

    /// <summary>ζ, where they end; default 1.1.</summary>
    public double StretchHigh { get; init; } = 1.1;

    /// <summary>First log α of every gate; default 2.2, open with probability 0.9.</summary>
    public double InitialLogAlpha { get; init; } = 2.2;

    /// <summary>Seed of noise and batches; default 0.</summary>
    public int Seed { get; init; }

    /// <summary>Longest time of training that a kill may cost, seconds, 0 for one step; changes no bit of the result; default 30.</summary>
    public double CheckpointSeconds { get; init; } = 30;

    /// <summary>The gates of these options.</summary>
    internal HardConcrete Gate => new(Temperature, StretchLow, StretchHigh);

    /// <summary>λ of a step.</summary>
    /// <param name="step">0-based.</param>
    internal double LambdaAt(int step) => Lambda * Math.Clamp((2.0 * step / Steps) - 0.5, 0, 1);

    /// <summary>Refuses values that cannot work, all of them at once.</summary>
    /// <exception cref="NodalException">A value is out of range.</exception>
    public void Validate()
    {
        OptionChecks.Require(
            "the options of subnetwork probing",
            (Steps >= 1, $"steps {Steps} (at least 1)"),
            (BatchSize >= 1, $"batch size {BatchSize} (at least 1)"),
            (LearningRate is > 0 and < 100, $"learning rate {LearningRate} (above 0, below 100)"),
            (Lambda >= 0 && double.IsFinite(Lambda), $"lambda {Lambda} (at least 0)"),
            (Temperature > 0 && double.IsFinite(Temperature), $"temperature {Temperature} (above 0)"),
            (StretchLow < 0 && StretchHigh > 1 && double.IsFinite(StretchHigh - StretchLow), $"stretch {StretchLow} to {StretchHigh} (from below 0 to above 1)"),
            (double.IsFinite(InitialLogAlpha), $"first score {InitialLogAlpha} (finite)"),
            (CheckpointSeconds >= 0 && double.IsFinite(CheckpointSeconds), $"checkpoint every {CheckpointSeconds} s (at least 0, finite)"));
    }
}
