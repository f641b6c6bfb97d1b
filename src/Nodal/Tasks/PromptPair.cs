using System.Collections.Immutable;

namespace Nodal.Tasks;

/// <summary>One clean prompt, its aligned counterfactual, and what the model should and should not say next.</summary>
public sealed record PromptPair
{
    /// <summary>The prompt with the behaviour; the answer follows its last token.</summary>
    public required string Clean { get; init; }

    /// <summary>The counterfactual: the same number of tokens as <see cref="Clean"/>.</summary>
    public required string Corrupted { get; init; }

    /// <summary>Texts the model should prefer, with their leading space where they have one; at least one.</summary>
    public required ImmutableArray<string> Answers { get; init; }

    /// <summary>Texts the model should not prefer; at least one.</summary>
    public required ImmutableArray<string> Foils { get; init; }

    /// <summary>The template the pair was made from, or the line it was read from.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Number of its template, where the task has several and they cannot be told from the prompts; default <see langword="null"/>.</summary>
    internal int? Template { get; init; }
}
