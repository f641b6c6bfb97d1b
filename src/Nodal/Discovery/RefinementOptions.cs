using Nodal.Runtime;

namespace Nodal.Discovery;

/// <summary>How a selected circuit is refined.</summary>
public sealed record RefinementOptions
{
    /// <summary>Runs where refinement is asked for without a number.</summary>
    public const int DefaultRuns = 400;

    /// <summary>Runs it may take: a batch forward and back, or a circuit on the selection pairs, is one. Default 0, no refinement.</summary>
    public int Runs { get; init; }

    /// <summary>Pairs per gradient; default 64.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Adam's first rate, in score units per step, constant for the first half, then linear to 0; default 0.1.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Temperature of the sigmoid whose slope stands for that of a hard gate, in score units; default 0.5.</summary>
    public double Temperature { get; init; } = 0.5;

    /// <summary>Distance from the threshold, in temperatures, beyond which a closed node is left alone; default 6.</summary>
    public double Reach { get; init; } = 6;

    /// <summary>Gradients between two proposals; default 20.</summary>
    public int StepsPerRound { get; init; } = 20;

    /// <summary>Runs of one round: the circuit it begins with, its gradients, and the most circuits it proposes.</summary>
    private int LeastRuns => 1 + StepsPerRound + Refinement.MostProposals;

    /// <summary>Refuses values that cannot work, all of them at once.</summary>
    /// <exception cref="NodalException">A value is out of range.</exception>
    public void Validate()
    {
        OptionChecks.Require(
            "the refinement's options",
            (Runs == 0 || Runs >= LeastRuns, $"runs {Runs} (0 for none, or at least {LeastRuns})"),
            (BatchSize >= 1, $"batch size {BatchSize} (at least 1)"),
            (LearningRate is > 0 and < 100, $"learning rate {LearningRate} (above 0, below 100)"),
            (Temperature > 0 && double.IsFinite(Temperature), $"temperature {Temperature} (above 0)"),
            (Reach > 0 && double.IsFinite(Reach), $"reach {Reach} (above 0, finite)"),
            (StepsPerRound >= 1, $"steps per round {StepsPerRound} (at least 1)"));
    }
}
