using Nodal.Circuits;
using Nodal.Evaluation;
using Nodal.Evaluation.Evidence;

namespace Nodal.Runs.Evidence;

/// <summary>Makes <see cref="StabilityEvidence"/>.</summary>
/// <remarks>Runs: the circuits of the trainings, on all pairs.</remarks>
internal static class Stability
{
    /// <summary>Trainings beside the run: with it three pairs of circuits to compare.</summary>
    private const int Trainings = 2;

    /// <param name="material">What it is made from.</param>
    public static StabilityEvidence Of(EvidenceMaterial material)
    {
        var setting = material.Setting;
        var retraining = Retraining.Of(material).Retraining!;
        var seed = retraining.Options.Seed;
        int[] seeds = [.. Enumerable.Range(1, Trainings).Select(i => seed > int.MaxValue - Trainings ? seed - i : seed + i)];
        var circuits = Array.ConvertAll(seeds, other => retraining.Train(retraining.Task.Train, $"again with seed {other}", seed: other));
        var run = setting.Begin(EvidencePart.Stability, circuits.Length);
        var measured = run.Measure(circuits);
        var evaluation = new CircuitEvaluation(setting.Runner, setting.Layout, setting.Seed);
        NodeSet[] all = [setting.Circuit, .. circuits];
        return new StabilityEvidence
        {
            Seeds = [.. seeds],
            Rows = [.. circuits.Select((circuit, i) => evaluation.Row(circuit, measured[i]))],
            Overlap = CircuitOverlap.Of(all),
            Chance = CircuitOverlap.Chance(all),
            Steps = retraining.Steps,
            RunSteps = retraining.Options.Steps,
            Runs = run.Count,
        };
    }
}
