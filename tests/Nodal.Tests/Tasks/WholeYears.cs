using Nodal.Tokenization;

namespace Nodal.Tests.Tasks;

/// <summary>Splits years after the century but for those that end in 42 or 43 and for 1201, which are one token, as some are in GPT-2.</summary>
internal sealed class WholeYears : ITokenizer
{
    private readonly WordTokenizer _words = new();

    public string Description => "whole years";

    public int VocabularySize => _words.VocabularySize;

    public int? BeginOfSequence => null;

    public IReadOnlyList<int> Encode(string text)
    {
        var words = text.Split(' ').Select(word => word.Length == 4 && (word[2..] is "42" or "43" || word == "1201") ? "Y" : word);
        return _words.Encode(string.Join(' ', words));
    }

    public IReadOnlyList<int> EncodeContinuation(string text) => Encode(text);

    public string Decode(IReadOnlyList<int> ids) => _words.Decode(ids);
}
