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
        var retraining = material.Again.Retraining!;
        int[] seeds = OtherSeeds(retraining.Options.Seed, retraining.Options.Seeds);
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

    /// <summary>Why nothing can be said; <see langword="null"/> where something can.</summary>
    public static string? Obstacle(EvidenceMaterial material) =>
        material.Again.Obstacle ?? (material.Again.Retraining!.Options.DrawsAtRandom ? null : "the run's method draws nothing at random: every seed gives the same circuit");

    /// <summary>Seeds that the run, one or several of them counting up from its first, has not had.</summary>
    internal static int[] OtherSeeds(int first, int count) =>
        [.. Enumerable.Range(0, Trainings).Select(i => first > int.MaxValue - count - Trainings ? first - 1 - i : first + count + i)];
}
