using System.Collections.Immutable;

namespace Nodal.Evaluation.Evidence;

/// <summary>Whether a circuit holds where prompts, ablation or embeddings are others than those it was found with; full model and circuit side by side.</summary>
/// <remarks>The changes that multi-granular node pruning (arXiv 2512.10903) names as future work. A change under which the full model fails says nothing about the circuit.</remarks>
public sealed record RobustnessEvidence
{
    /// <summary>The changes, the first of them none.</summary>
    public required ImmutableArray<RobustnessRow> Rows { get; init; }

    /// <summary>Steps that circuits trained for their row were trained for; 0 where none was.</summary>
    public required int Steps { get; init; }

    /// <summary>A sentence for each kind of change that does not apply.</summary>
    public required ImmutableArray<string> LeftOut { get; init; }

    /// <summary>Circuits that were run.</summary>
    public required int Runs { get; init; }
}
