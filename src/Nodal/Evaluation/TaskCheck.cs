using System.Collections.Immutable;

namespace Nodal.Evaluation;

/// <summary>Whether a model can do a task at all, and whether the corruption takes the behaviour away.</summary>
public sealed record TaskCheck
{
    /// <summary>Pairs looked at.</summary>
    public required int Pairs { get; init; }

    /// <summary>Share of clean prompts whose answer is above the foil.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Mean logit difference on the clean prompts.</summary>
    public required double LogitDifference { get; init; }

    /// <summary>Mean logit difference on the corrupted prompts, for the clean answer and foil.</summary>
    public required double CorruptedLogitDifference { get; init; }

    /// <summary>Mean KL(clean ‖ corrupted) at the answer position, nats.</summary>
    public required double CorruptionKl { get; init; }

    /// <summary>What makes a circuit of this task meaningless; empty for a sound task.</summary>
    public required ImmutableArray<string> Warnings { get; init; }
}
