using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Tasks;

namespace Nodal.Discovery.Attribution;

/// <summary>What nodes are scored on.</summary>
internal sealed class ScoringSetting
{
    /// <summary>Where the gates stand.</summary>
    public required GateLayout Layout { get; init; }

    /// <summary>The model.</summary>
    public required Transformer Model { get; init; }

    /// <summary>The training pairs.</summary>
    public required IReadOnlyList<EncodedPair> Pairs { get; init; }

    /// <summary>Makes an engine for the gradient of a loss over the training pairs; the caller's to dispose of.</summary>
    public required Func<AnswerLoss, IGateGradient> Gradient { get; init; }

    /// <summary>The same by the rules of relevance propagation.</summary>
    public required Func<AnswerLoss, IGateGradient> Relevance { get; init; }

    /// <summary>Runs circuits; belongs to whoever made the setting.</summary>
    public required Func<ICircuitRunner> Runner { get; init; }

    /// <summary>Granularities that are scored; all others are never closed by themselves.</summary>
    public required IReadOnlyCollection<Granularity> Scored { get; init; }

    /// <summary>With nothing left to choose.</summary>
    public required AttributionOptions Options { get; init; }

    /// <summary>Hears of each part of the work.</summary>
    public IProgress<ScoringProgress>? Progress { get; init; }

    /// <summary>Looked at between parts.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>One more part of the work is done.</summary>
    public void Report(int done, int of)
    {
        Cancellation.ThrowIfCancellationRequested();
        Progress?.Report(new ScoringProgress(done, of));
    }
}
