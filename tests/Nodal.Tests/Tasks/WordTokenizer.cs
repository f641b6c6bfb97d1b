using System.Text.RegularExpressions;
using Nodal.Tokenization;

namespace Nodal.Tests.Tasks;

/// <summary>Words with their leading space, single punctuation marks, and digits as <paramref name="digits"/> says; ids in the order of appearance.</summary>
/// <param name="digits">Most digits in one token; with 1 the space before a number is a token of its own.</param>
/// <param name="longest">Letters of the longest word that is one token; longer words are cut.</param>
/// <param name="begin">Id of the begin-of-sequence token.</param>
internal sealed class WordTokenizer(int digits = 2, int longest = 100, int? begin = null) : ITokenizer
{
    private const int FirstId = 10;

    private readonly Dictionary<string, int> _ids = [];
    private readonly List<string> _pieces = [];
    private readonly Regex _pattern = new(
        $@"\ ?\p{{L}}{{1,{longest}}}|{(digits == 1 ? "[0-9]" : $@"\ ?[0-9]{{1,{digits}}}")}|\s|.", RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace);

    public string Description => "words";

    public int VocabularySize => FirstId + _pieces.Count;

    public int? BeginOfSequence => begin;

    public IReadOnlyList<int> Encode(string text) => [.. _pattern.Matches(text).Select(match => Id(match.Value))];

    public IReadOnlyList<int> EncodeContinuation(string text) => Encode(text);

    public string Decode(IReadOnlyList<int> ids) => string.Concat(ids.Select(id => _pieces[id - FirstId]));

    private int Id(string piece)
    {
        if (!_ids.TryGetValue(piece, out var id))
        {
            id = FirstId + _pieces.Count;
            _ids.Add(piece, id);
            _pieces.Add(piece);
        }

        return id;
    }
}
