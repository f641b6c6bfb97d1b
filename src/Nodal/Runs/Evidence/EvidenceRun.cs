using System.Collections.Immutable;
using Nodal.Evaluation.Evidence;
using Nodal.Runtime;

namespace Nodal.Runs.Evidence;

/// <summary>Makes the parts of the evidence that were asked for, one after the other.</summary>
internal static class EvidenceRun
{
    /// <param name="material">What they are made from.</param>
    /// <param name="asked">The parts; empty for all that apply.</param>
    /// <returns>The evidence, and a sentence for each part that was left out.</returns>
    /// <exception cref="NodalException">A part that was named does not apply.</exception>
    public static (CircuitEvidence Evidence, ImmutableArray<string> LeftOut) Of(EvidenceMaterial material, ImmutableArray<EvidencePart> asked)
    {
        var parts = asked.IsEmpty ? [.. Enum.GetValues<EvidencePart>()] : asked;
        var obstacles = parts.Select(part => (Part: part, Reason: Obstacle(part, material))).Where(entry => entry.Reason is not null).ToArray();
        if (!asked.IsEmpty && obstacles is [var (named, reason), ..])
        {
            Throw.Usage(
                $"--evidence {Words.Of(named)} does not apply here", found: reason!, expected: "a run, or a circuit in a run folder, with a behaviour that closing every node takes away",
                remedy: "Leave it out, or give --evidence without words for all parts that apply");
        }

        var possible = parts.Except(obstacles.Select(entry => entry.Part)).ToArray();
        T? Make<T>(EvidencePart part, Func<EvidenceSetting, T> of)
            where T : class => possible.Contains(part) ? of(material.Setting) : null;
        var hypotheses = Make(EvidencePart.Hypotheses, Hypotheses.Of);
        var evidence = new CircuitEvidence
        {
            Curve = Make(EvidencePart.Curve, FaithfulnessCurve.Of),
            Completeness = Make(EvidencePart.Completeness, Completeness.Of),
            Minimality = Make(EvidencePart.Minimality, Minimality.Of),
            Layers = Make(EvidencePart.Layers, LayerPlacement.Of),
            Hypotheses = hypotheses,
            Controls = Make(EvidencePart.Controls, _ => Controls.Of(material, hypotheses)),
            Robustness = Make(EvidencePart.Robustness, _ => Robustness.Of(material)),
            Stability = Make(EvidencePart.Stability, _ => Stability.Of(material)),
            GroundTruth = Make(EvidencePart.GroundTruth, _ => KnownModels.Of(material)),
        };
        return (evidence, [.. obstacles.Select(entry => $"evidence {Words.Of(entry.Part)} left out: {entry.Reason}")]);
    }

    /// <summary>Why a part does not apply; <see langword="null"/> where it does.</summary>
    private static string? Obstacle(EvidencePart part, EvidenceMaterial material) => part switch
    {
        EvidencePart.Curve when material.Setting.Ranking is null => "a circuit file outside of a run folder has no ranking",
        EvidencePart.Curve when FaithfulnessCurve.IsFlat(material.Setting) => "closing every node leaves the logit difference as it is",
        EvidencePart.Stability => Stability.Obstacle(material),
        EvidencePart.GroundTruth when material.Run is null => "a circuit file outside of a run folder does not say by which method it was found",
        _ => null,
    };
}
