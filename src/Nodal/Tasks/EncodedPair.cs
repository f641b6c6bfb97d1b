using System.Collections.Immutable;

namespace Nodal.Tasks;

/// <summary>A pair in the tokens of one model: clean and corrupted have equal length, answers and foils are single tokens.</summary>
public sealed record EncodedPair
{
    private readonly int? _answerPosition;

    /// <summary>The texts.</summary>
    public required PromptPair Pair { get; init; }

    /// <summary>Clean ids with the begin-of-sequence token where the model takes one.</summary>
    public required ImmutableArray<int> Clean { get; init; }

    /// <summary>Corrupted ids, as many as <see cref="Clean"/>.</summary>
    public required ImmutableArray<int> Corrupted { get; init; }

    /// <summary>Outputs of the model that are answers, distinct, none of them a foil: ids of tokens, but for models whose outputs are others.</summary>
    public required ImmutableArray<int> Answers { get; init; }

    /// <summary>The foils, likewise; none for a model whose one output is a number.</summary>
    public required ImmutableArray<int> Foils { get; init; }

    /// <summary>Where the model is asked, a position of <see cref="Clean"/>; default the last.</summary>
    public int AnswerPosition
    {
        get => _answerPosition ?? Length - 1;
        init => _answerPosition = value;
    }

    /// <summary>Another pair, whose clean prompt the full model answers in place of this one's; default <see langword="null"/>. For trainings that are to find nothing.</summary>
    internal EncodedPair? AnswerOf { get; init; }

    /// <summary>Whether clean and corrupted prompt differ where the model is asked.</summary>
    internal bool DiffersAtAnswer => Clean[AnswerPosition] != Corrupted[AnswerPosition];

    /// <summary>Tokens in each prompt.</summary>
    public int Length => Clean.Length;
}
