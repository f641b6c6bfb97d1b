using System.Collections.Immutable;
using Nodal.Gates;

namespace Nodal.Comparison;

/// <summary>How far two circuits, and where both are of runs their rankings, agree.</summary>
public sealed record ComparisonReport
{
    /// <summary>Schema written now.</summary>
    public const string CurrentSchema = "nodal-comparison/1";

    /// <summary>Schema of the document.</summary>
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>The first.</summary>
    public required ComparedSide One { get; init; }

    /// <summary>The second.</summary>
    public required ComparedSide Other { get; init; }

    /// <summary>What they have in common.</summary>
    public required ComparisonKind Kind { get; init; }

    /// <summary>One sentence for a person: what is compared, and how far it agrees.</summary>
    public required string Summary { get; init; }

    /// <summary>Overlap of the circuits, for each granularity that has gates in both; <see langword="null"/> where no node of one is a node of the other.</summary>
    public ImmutableSortedDictionary<Granularity, GranularityOverlap>? Overlap { get; init; }

    /// <summary>Agreement of the rankings, on the same granularities; <see langword="null"/> where not both sides are runs, or no node of one is a node of the other.</summary>
    public RankingAgreement? Rankings { get; init; }

    /// <summary>How far both lie at the same depths of their models, 0 to 1 (<see cref="DepthProfile.Overlap"/>).</summary>
    public required double DepthOverlap { get; init; }

    /// <summary>Circuit files that were written.</summary>
    public required ImmutableArray<string> Written { get; init; }
}
