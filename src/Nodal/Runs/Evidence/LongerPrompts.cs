using System.Collections.Immutable;
using Nodal.Models;
using Nodal.Tasks;
using Nodal.Tokenization;

namespace Nodal.Runs.Evidence;

/// <summary>The same pairs with sentences before the prompts that have nothing to do with them.</summary>
internal static class LongerPrompts
{
    private const string PythonStart = "def ";

    private static readonly string[] Sentences = ["It was a sunny day. ", "The sky was blue and the birds sang. ", "There was a big tree near the house. "];
    private static readonly string[] Comments = ["# This is a small example.\n", "# It has one function.\n", "# The function is below.\n"];

    /// <summary>Most sentences there are.</summary>
    public static int Most => Sentences.Length;

    /// <summary>Why no sentence can stand before the prompts of a model; <see langword="null"/> where one can.</summary>
    public static string? Obstacle(LoadedModel model) => model.Tokenizer is WordListTokenizer words ? $"the model knows {words.VocabularySize} words, and no sentence is made of them" : null;

    /// <param name="pairs">The pairs.</param>
    /// <param name="sentences">How many; before Python they are comments.</param>
    /// <param name="model">Whose tokenizer and longest prompt count; one without <see cref="Obstacle"/>.</param>
    /// <returns>Those pairs that still fit the model.</returns>
    public static ImmutableArray<EncodedPair> Of(IReadOnlyList<EncodedPair> pairs, int sentences, LoadedModel model)
    {
        var encoder = new PairEncoder(model.Tokenizer!, model.Transformer.LongestPrompt);
        return [.. pairs.Select(pair =>
        {
            var before = string.Concat((pair.Pair.Clean.StartsWith(PythonStart, StringComparison.Ordinal) ? Comments : Sentences).Take(sentences));
            return encoder.Encode(pair.Pair with { Clean = before + pair.Pair.Clean, Corrupted = before + pair.Pair.Corrupted }, out _);
        }).OfType<EncodedPair>()];
    }
}
