using System.Buffers;

namespace Nodal.Tokenization;

/// <summary>Finds added tokens in a text: leftmost first, and of those that start there the longest.</summary>
internal sealed class AddedTokens
{
    private readonly Dictionary<char, AddedToken[]> _byFirst;
    private readonly SearchValues<char> _firsts;
    private readonly Dictionary<int, string> _contents = [];

    /// <summary>Tokens with distinct contents; several may share an id only by fault of the file, then the last names it.</summary>
    public AddedTokens(IEnumerable<AddedToken> tokens)
    {
        AddedToken[] all = [.. tokens.Where(token => token.Content.Length > 0)];
        _byFirst = all.GroupBy(token => token.Content[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(token => token.Content.Length).ToArray());
        _firsts = SearchValues.Create([.. _byFirst.Keys]);
        foreach (var token in all)
        {
            _contents[token.Id] = token.Content;
        }
    }

    /// <summary>The content of an added token's id, or <see langword="null"/> where the id is an ordinary piece.</summary>
    public string? ContentOf(int id) => _contents.GetValueOrDefault(id);

    /// <summary>Cuts a text into added tokens and what is between them; no fragment of text is empty.</summary>
    public List<TextFragment> Split(string text)
    {
        var fragments = new List<TextFragment>(1);
        var done = 0;
        for (var at = NextCandidate(text, 0); at >= 0; at = NextCandidate(text, at))
        {
            if (Match(text, at) is not { } token)
            {
                at++;
                continue;
            }

            var end = at + token.Content.Length;
            AddText(fragments, token.TakesSpaceBefore ? text[done..at].TrimEnd() : text[done..at]);
            fragments.Add(new TextFragment(token.Content, token.Id));
            while (token.TakesSpaceAfter && end < text.Length && char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            done = at = end;
        }

        AddText(fragments, done == 0 ? text : text[done..]);
        return fragments;
    }

    private static void AddText(List<TextFragment> fragments, string text)
    {
        if (text.Length > 0)
        {
            fragments.Add(new TextFragment(text, null));
        }
    }

    private int NextCandidate(string text, int from)
    {
        var offset = text.AsSpan(from).IndexOfAny(_firsts);
        return offset < 0 ? -1 : from + offset;
    }

    private AddedToken? Match(string text, int at)
    {
        foreach (var token in _byFirst[text[at]])
        {
            if (text.AsSpan(at).StartsWith(token.Content, StringComparison.Ordinal))
            {
                return token;
            }
        }

        return null;
    }
}
