using Nodal.Discovery;
using Nodal.Runs;

namespace Nodal.Benchmarks;

/// <summary>What <c>run</c> measures.</summary>
internal sealed record RunSettings
{
    /// <summary>Id or path.</summary>
    public required string Model { get; init; }

    /// <summary>The task and its pairs; the same for both sides.</summary>
    public required TaskRequest Task { get; init; }

    /// <summary>How the ranking is trained.</summary>
    public required RankingOptions Ranking { get; init; }

    /// <summary>Measurements of the published form's step.</summary>
    public required int Repeats { get; init; }

    /// <summary>Threads of both sides.</summary>
    public required int Threads { get; init; }

    /// <summary>Tokens of the padded published form; default 64, as released.</summary>
    public int PadTo { get; init; } = 64;

    /// <summary>Steps of the published schedule: 500 epochs of 7 batches, which is what 200 pairs give.</summary>
    public const int PublishedSteps = 500 * 7;

    /// <summary>Pairs of a step of the published schedule.</summary>
    public const int PublishedBatch = 32;
}
