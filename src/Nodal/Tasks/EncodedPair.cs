using System.Collections.Immutable;

namespace Nodal.Tasks;

/// <summary>A pair in the tokens of one model: clean and corrupted have equal length, answers and foils are single tokens.</summary>
public sealed record EncodedPair
{
    /// <summary>The texts.</summary>
    public required PromptPair Pair { get; init; }

    /// <summary>Clean ids with the begin-of-sequence token where the model takes one; the answer position is the last.</summary>
    public required ImmutableArray<int> Clean { get; init; }

    /// <summary>Corrupted ids, as many as <see cref="Clean"/>.</summary>
    public required ImmutableArray<int> Corrupted { get; init; }

    /// <summary>Ids of the answers, distinct, none of them a foil.</summary>
    public required ImmutableArray<int> Answers { get; init; }

    /// <summary>Ids of the foils, distinct.</summary>
    public required ImmutableArray<int> Foils { get; init; }

    /// <summary>Another pair, whose clean prompt the full model answers in place of this one's; default <see langword="null"/>. For trainings that are to find nothing.</summary>
    internal EncodedPair? AnswerOf { get; init; }

    /// <summary>Tokens in each prompt.</summary>
    public int Length => Clean.Length;
}
