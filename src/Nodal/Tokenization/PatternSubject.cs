using System.Globalization;
using System.Text;

namespace Nodal.Tokenization;

/// <summary>A text as the patterns of tokenizers see it: one <see cref="char"/> a character.</summary>
/// <remarks>
/// .NET matches UTF-16 units, of which a character outside the basic plane has two, both of category <c>Cs</c>; the references match characters.
/// Each such character is therefore shown to the pattern as one of the basic plane with the same category. Patterns name categories and characters
/// below U+0100, never single characters beyond, so the result is the same.
/// </remarks>
internal readonly ref struct PatternSubject
{
    private readonly int[]? _starts;

    /// <summary>Shows the text; only a text with surrogates is copied.</summary>
    public PatternSubject(string text)
    {
        Characters = text;
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return;
        }

        var characters = new char[text.Length];
        _starts = new int[text.Length + 1];
        var count = 0;
        for (var at = 0; at < text.Length; count++)
        {
            _ = Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
            _starts[count] = at;
            characters[count] = rune.IsBmp ? (char)rune.Value : StandIn(Rune.GetUnicodeCategory(rune));
            at += length;
        }

        _starts[count] = text.Length;
        Characters = characters.AsSpan(0, count);
    }

    /// <summary>What the pattern is matched against.</summary>
    public ReadOnlySpan<char> Characters { get; }

    /// <summary>Where the character with this index starts in the text.</summary>
    public int IndexInText(int index) => _starts is null ? index : _starts[index];

    private static char StandIn(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => '\u0100',
        UnicodeCategory.LowercaseLetter => '\u0101',
        UnicodeCategory.TitlecaseLetter => '\u01C5',
        UnicodeCategory.ModifierLetter => '\u02B0',
        UnicodeCategory.OtherLetter => '\u01BB',
        UnicodeCategory.NonSpacingMark => '\u0300',
        UnicodeCategory.SpacingCombiningMark => '\u0903',
        UnicodeCategory.EnclosingMark => '\u20DD',
        UnicodeCategory.DecimalDigitNumber => '\u0660',
        UnicodeCategory.LetterNumber => '\u2160',
        UnicodeCategory.OtherNumber => '\u2070',
        UnicodeCategory.ConnectorPunctuation => '\u203F',
        UnicodeCategory.DashPunctuation => '\u2010',
        UnicodeCategory.OpenPunctuation => '\u2045',
        UnicodeCategory.ClosePunctuation => '\u2046',
        UnicodeCategory.InitialQuotePunctuation => '\u2018',
        UnicodeCategory.FinalQuotePunctuation => '\u2019',
        UnicodeCategory.OtherPunctuation => '\u2020',
        UnicodeCategory.MathSymbol => '\u2044',
        UnicodeCategory.CurrencySymbol => '\u20A0',
        UnicodeCategory.ModifierSymbol => '\u02C2',
        UnicodeCategory.OtherSymbol => '\u2100',
        UnicodeCategory.Format => '\u200B',
        UnicodeCategory.PrivateUse => '\uE000',
        _ => '\u0378',
    };
}
