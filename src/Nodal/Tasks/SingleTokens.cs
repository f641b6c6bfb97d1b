using Nodal.Runtime;
using Nodal.Tokenization;

namespace Nodal.Tasks;

/// <summary>Keeps the words that are one token after a space.</summary>
internal static class SingleTokens
{
    /// <param name="tokenizer">The tokenizer of the model at hand.</param>
    /// <param name="words">Words without a space.</param>
    /// <param name="kind">What they are, singular: <c>name</c>.</param>
    /// <param name="least">How many the task needs.</param>
    /// <param name="drops">Where the others are counted.</param>
    /// <exception cref="NodalException">Fewer than <paramref name="least"/> are one token.</exception>
    public static List<string> Keep(ITokenizer tokenizer, IEnumerable<string> words, string kind, int least, DropCounter drops)
    {
        var kept = new List<string>();
        foreach (var word in words)
        {
            var tokens = tokenizer.EncodeContinuation(" " + word).Count;
            if (tokens == 1)
                kept.Add(word);
            else
                drops.Add($"{kind} of the lexicon is not a single token", $"{word}: {tokens} tokens");
        }

        if (kept.Count < least)
        {
            Throw.Input(
                $"the task's lexicon does not fit the tokenizer {tokenizer.Description}", found: $"{kept.Count} {kind}s that are a single token",
                expected: $"at least {least}", remedy: "Choose another task, or give a pairs file of your own");
        }

        return kept;
    }
}
