namespace Nodal.Discovery;

/// <summary>One finished step of a ranking run.</summary>
/// <param name="Step">1-based.</param>
/// <param name="Steps">Of the whole run.</param>
/// <param name="Kl">Mean KL of the step's batch, nats.</param>
/// <param name="Size">Size drawn for the step, fraction of all block parameters.</param>
/// <param name="Temperature">Of the step's gates.</param>
/// <param name="Elapsed">Since the first step began.</param>
public sealed record RankingProgress(int Step, int Steps, double Kl, double Size, double Temperature, TimeSpan Elapsed)
{
    /// <summary>Expected time of the steps that are left, from the mean so far.</summary>
    public TimeSpan Remaining => Elapsed * ((double)(Steps - Step) / Step);
}
