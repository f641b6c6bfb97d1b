using System.Collections.Immutable;
using Nodal.Tokenization;

namespace Nodal.Tasks;

/// <summary>Turns pairs of texts into pairs of tokens, and says why where a pair cannot be used with the tokenizer.</summary>
/// <remarks>Not thread-safe: the tokens of answers are remembered.</remarks>
/// <param name="tokenizer">The tokenizer of the model at hand.</param>
/// <param name="contextLength">Tokens the model can read; longer prompts are dropped.</param>
public sealed class PairEncoder(ITokenizer tokenizer, int contextLength = int.MaxValue)
{
    private readonly Dictionary<string, ImmutableArray<int>> _continuations = [];

    /// <summary>Encodes one pair: begin-of-sequence token where the model takes one, then the prompt; answers and foils as continuations.</summary>
    /// <param name="pair">The texts.</param>
    /// <param name="dropped">The reason with this pair as its example where the result is <see langword="null"/>.</param>
    /// <returns>The pair in tokens, or <see langword="null"/> where it cannot be used.</returns>
    public EncodedPair? Encode(PromptPair pair, out DroppedPairs? dropped)
    {
        ArgumentNullException.ThrowIfNull(pair);
        var clean = Prompt(pair.Clean);
        var corrupted = Prompt(pair.Corrupted);
        var answers = Continuations(pair.Answers);
        var foils = Continuations(pair.Foils);

        var fault = PromptFault(clean, corrupted)
            ?? ContinuationFault(pair.Answers, answers, "answer")
            ?? ContinuationFault(pair.Foils, foils, "foil")
            ?? OverlapFault(pair, answers, foils);
        dropped = fault is { } found ? new DroppedPairs(found.Reason, 1, [$"{NameOf(pair)}: {found.Detail}"]) : null;
        return dropped is not null ? null : new EncodedPair
        {
            Pair = pair,
            Clean = clean,
            Corrupted = corrupted,
            Answers = [.. answers.Select(ids => ids[0]).Distinct()],
            Foils = [.. foils.Select(ids => ids[0]).Distinct()],
        };
    }

    private ImmutableArray<int> Prompt(string text) =>
        tokenizer.BeginOfSequence is { } begin ? [begin, .. tokenizer.Encode(text)] : [.. tokenizer.Encode(text)];

    private ImmutableArray<ImmutableArray<int>> Continuations(ImmutableArray<string> texts) => [.. texts.Select(Continuation)];

    private ImmutableArray<int> Continuation(string text)
    {
        if (!_continuations.TryGetValue(text, out var ids))
        {
            ids = [.. tokenizer.EncodeContinuation(text)];
            _continuations.Add(text, ids);
        }

        return ids;
    }

    private (string Reason, string Detail)? PromptFault(ImmutableArray<int> clean, ImmutableArray<int> corrupted)
    {
        if (clean.Length == 0 || corrupted.Length == 0)
            return ("a prompt has no tokens", "nothing stands before the answer");
        if (clean.Length != corrupted.Length)
            return ("clean and corrupted differ in token count", $"{clean.Length} and {corrupted.Length} tokens");
        if (clean.SequenceEqual(corrupted))
            return ("clean and corrupted are the same", "no token differs");
        return clean.Length > contextLength
            ? ("a prompt is longer than the model's context", $"{clean.Length} tokens, the model reads {contextLength}")
            : null;
    }

    private static (string Reason, string Detail)? ContinuationFault(
        ImmutableArray<string> texts, ImmutableArray<ImmutableArray<int>> ids, string kind)
    {
        if (texts.IsEmpty)
            return ($"there is no {kind}", $"the list of {kind}s is empty");
        for (var index = 0; index < texts.Length; index++)
        {
            if (ids[index].Length != 1)
                return ($"{(kind == "answer" ? "an" : "a")} {kind} is not a single token", $"{kind} {Excerpt.Of(texts[index])} is {ids[index].Length} tokens");
        }

        return null;
    }

    private static (string Reason, string Detail)? OverlapFault(
        PromptPair pair, ImmutableArray<ImmutableArray<int>> answers, ImmutableArray<ImmutableArray<int>> foils)
    {
        var foilIds = foils.Select(ids => ids[0]).ToHashSet();
        for (var index = 0; index < answers.Length; index++)
        {
            if (foilIds.Contains(answers[index][0]))
                return ("an answer is also a foil", Excerpt.Of(pair.Answers[index]));
        }

        return null;
    }

    private static string NameOf(PromptPair pair) => pair.Origin.Length == 0 ? Excerpt.Of(pair.Clean) : $"{pair.Origin}, {Excerpt.Of(pair.Clean)}";
}
