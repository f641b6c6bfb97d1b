using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Patching;
using Nodal.Tasks;

namespace Nodal.Evaluation.Evidence;

/// <summary>What every part of the evidence is made from: a circuit, something that runs circuits, and the pairs, with what has been measured once for all parts.</summary>
/// <remarks>
/// <para>How the evidence is built. A part is a word of <see cref="EvidencePart"/>, a public record of its numbers beside this class, a field of <see cref="CircuitEvidence"/>, and a static class whose
/// <c>Of</c> makes the record. Where circuits run on the pairs of this setting are all it needs, that class stands in this folder and takes the setting alone. Where it needs other pairs, another
/// ablation or training, it stands in <c>Runs/Evidence</c>, which may use all that is above this folder, and takes an <c>EvidenceMaterial</c>, which has the setting, the model and the request for
/// pairs; its record stands in this folder all the same. <c>Runs/Evidence/EvidenceRun</c> has one line for each part.</para>
/// <para>Circuits are run through <see cref="Begin"/>, which counts them and says how far the part has come; a part that runs them on other pairs or models does so itself.</para>
/// </remarks>
internal sealed record EvidenceSetting
{
    /// <summary>Where the nodes stand.</summary>
    public required GateLayout Layout { get; init; }

    /// <summary>Runs circuits, with the ablation that was asked for.</summary>
    public required ICircuitRunner Runner { get; init; }

    /// <summary>The circuit.</summary>
    public required NodeSet Circuit { get; init; }

    /// <summary>The ranking the circuit was taken from; <see langword="null"/> where only the circuit is known.</summary>
    public Ranking? Ranking { get; init; }

    /// <summary>The test pairs.</summary>
    public required IReadOnlyList<EncodedPair> Pairs { get; init; }

    /// <summary>Seed of the bootstrap and of whatever is drawn.</summary>
    public required int Seed { get; init; }

    /// <summary>(pairs): the circuit.</summary>
    public required PairMetrics[] Measured { get; init; }

    /// <summary>(pairs): the model with every node closed.</summary>
    public required PairMetrics[] AllClosed { get; init; }

    /// <summary>Random circuits, and random nodes of a granularity, that the circuit is held against.</summary>
    public int RandomCircuits { get; init; } = 100;

    /// <summary>Hears how far each part has come.</summary>
    public IProgress<EvidenceProgress>? Progress { get; init; }

    /// <summary>Ends the work between two circuits.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>(pairs): the full model against itself, which needs no run.</summary>
    public PairMetrics[] Full => Array.ConvertAll(
        Measured, pair => new PairMetrics(0, pair.FullLogitDifference, pair.FullLogitDifference, true, pair.FullAnswerProbability, pair.FullAnswerProbability));

    /// <summary>Begins a part.</summary>
    /// <param name="part">Which.</param>
    /// <param name="runs">Circuits it will run at most.</param>
    public PartRuns Begin(EvidencePart part, int runs) => new(this, part, runs);
}
