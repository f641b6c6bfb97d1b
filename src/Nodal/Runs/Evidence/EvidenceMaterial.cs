using Nodal.Evaluation.Evidence;
using Nodal.Patching;

namespace Nodal.Runs.Evidence;

/// <summary>What parts of the evidence are made from that need other pairs, another ablation, another model or training.</summary>
/// <param name="Setting">What every part gets.</param>
/// <param name="Bench">The model, the task's pairs and the ablation; a part that needs others makes a bench of its own from its model.</param>
/// <param name="Request">Where the pairs come from.</param>
/// <param name="Run">The run the circuit belongs to; <see langword="null"/> for a circuit file outside of a run folder.</param>
/// <param name="Ablation">What a closed node outputs.</param>
/// <param name="Positions">Which positions share a mean.</param>
/// <param name="Progress">For news of training.</param>
internal sealed record EvidenceMaterial(
    EvidenceSetting Setting, Workbench Bench, TaskRequest Request, FinishedRun? Run, AblationKind Ablation, MeanPositions Positions, IProgress<RunProgress>? Progress)
{
    private (Retraining?, string?)? _again;

    /// <summary>Steps of trainings made for controls; default a quarter of the run's.</summary>
    public int? ControlSteps { get; init; }

    /// <summary>The scoring of the run once more, or the reason why there is none; the run's pairs are read when it is first asked for.</summary>
    public (Retraining? Retraining, string? Obstacle) Again => _again ??= Retraining.Of(this);
}
