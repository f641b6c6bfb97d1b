using System.Collections.Immutable;
using System.Text.Json;
using Nodal.Runtime;

namespace Nodal.Tokenization;

/// <summary>A vocabulary of whole words, with spaces between them in a text: that of compiled transformers, which stands in their <c>config.json</c>.</summary>
internal sealed class WordListTokenizer : ITokenizer
{
    /// <summary>The word Tracr fills up prompts with that are shorter than the context; no input has it.</summary>
    private const string Padding = "compiler_pad";

    private readonly ImmutableArray<string> _words;
    private readonly Dictionary<string, int> _ids;

    /// <param name="words">Distinct, in the order of their ids.</param>
    /// <param name="begin">The word every prompt begins with, or none.</param>
    public WordListTokenizer(ImmutableArray<string> words, string begin)
    {
        _words = words;
        _ids = words.Select((word, id) => (word, id)).ToDictionary(entry => entry.word, entry => entry.id);
        BeginOfSequence = begin.Length > 0 ? Id(begin) : null;
        Inputs = [.. Enumerable.Range(0, words.Length).Where(id => id != BeginOfSequence && words[id] != Padding)];
    }

    public string Description => $"{_words.Length} words";

    public int VocabularySize => _words.Length;

    public int? BeginOfSequence { get; }

    /// <summary>Ids of the words that an input may have after the first: all but the begin of a sequence and the padding.</summary>
    public ImmutableArray<int> Inputs { get; }

    /// <summary>Reads <c>vocab</c> and <c>bos</c> of a <c>config.json</c>.</summary>
    /// <exception cref="NodalException">The list is no list of distinct words.</exception>
    public static WordListTokenizer From(JsonElement vocabulary, string begin)
    {
        string?[] words = [.. vocabulary.EnumerateArray().Select(word => word.ValueKind == JsonValueKind.String ? word.GetString() : null)];
        if (words.Length == 0 || Array.Exists(words, word => string.IsNullOrEmpty(word) || word.Contains(' ')) || words.Distinct().Count() < words.Length)
        {
            Throw.Input(
                "config.json has no usable 'vocab'", found: $"{words.Length} entries, {words.Distinct().Count()} of them distinct", expected: "distinct words in quotes, none empty or with a space",
                remedy: "Take the config.json that belongs to the weights");
        }

        return new WordListTokenizer([.. words.OfType<string>()], begin);
    }

    /// <summary>A text of its words.</summary>
    /// <param name="length">Most words.</param>
    public string Sample(int length) => Decode([.. Inputs.Take(length)]);

    public IReadOnlyList<int> Encode(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Id)];

    public IReadOnlyList<int> EncodeContinuation(string text) => Encode(text);

    public string Decode(IReadOnlyList<int> ids) => string.Join(' ', ids.Select(Word));

    private int Id(string word)
    {
        if (!_ids.TryGetValue(word, out var id))
        {
            Throw.Input("the model does not know a word", found: $"'{word}'", expected: $"one of {string.Join(", ", _words)}", remedy: "Use the model's words, with spaces between them");
        }

        return id;
    }

    private string Word(int id)
    {
        if (id < 0 || id >= _words.Length)
        {
            Throw.Input("a token is not in the vocabulary", found: $"{id}", expected: $"0 to {_words.Length - 1}", remedy: "Use tokens of this model");
        }

        return _words[id];
    }
}
