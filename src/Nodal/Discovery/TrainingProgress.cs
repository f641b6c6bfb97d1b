namespace Nodal.Discovery;

/// <summary>One finished step of training.</summary>
/// <param name="Step">1-based.</param>
/// <param name="Steps">Of the whole run.</param>
/// <param name="Kl">Mean KL of the step's batch, nats.</param>
/// <param name="Size">Fraction of all block parameters: of the ranking the size drawn for the step, of the published method and of subnetwork probing the size expected of the gates' probabilities.</param>
/// <param name="Temperature">Of the step's gates, where it changes from step to step.</param>
/// <param name="Elapsed">Since the first step began.</param>
public sealed record TrainingProgress(int Step, int Steps, double Kl, double Size, double? Temperature, TimeSpan Elapsed)
{
    /// <summary>Before its weight λ: S of the published method, or the mean probability that a gate is not 0 of subnetwork probing; of the ranking none.</summary>
    public double? Penalty { get; init; }

    /// <summary>Expected time of the steps that are left, from the mean so far.</summary>
    public TimeSpan Remaining => Elapsed * ((double)(Steps - Step) / Step);
}
