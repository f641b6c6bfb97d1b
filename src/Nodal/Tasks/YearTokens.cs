using System.Collections.Immutable;
using System.Globalization;
using Nodal.Runtime;
using Nodal.Tokenization;

namespace Nodal.Tasks;

/// <summary>Answers and foils of greater-than for one tokenizer, and which years it splits between century and digits.</summary>
/// <remarks>
/// Two-digit tokens as in Hanna, Liu, Variengien 2023 (arXiv 2305.00586): answers &gt; YY, foils ≤ YY. Where the tokenizer splits digits: tens digits
/// greater and smaller than that of YY; the equal one is neither, since 17<b>4</b>5 is later than 1742 and 1741 is not.
/// </remarks>
internal sealed class YearTokens
{
    /// <summary>Why a year is dropped.</summary>
    public const string NotSplit = "year is not split between century and last digits";

    private readonly ITokenizer _tokenizer;
    private readonly ImmutableArray<(int Value, string Text)> _continuations;
    private readonly Dictionary<(string Century, string Digits), bool> _splits = [];

    private YearTokens(ITokenizer tokenizer, YearMode mode)
    {
        _tokenizer = tokenizer;
        Mode = mode;
        var (count, format) = mode == YearMode.TwoDigits ? (100, "00") : (10, "0");
        _continuations =
        [
            .. Enumerable.Range(0, count)
                .Select(value => (Value: value, Text: value.ToString(format, CultureInfo.InvariantCulture)))
                .Where(continuation => tokenizer.EncodeContinuation(continuation.Text).Count == 1),
        ];
    }

    /// <summary>Centuries of the made prompts, as in the paper: years 1100 to 1799.</summary>
    public static ImmutableArray<string> Centuries { get; } = ["11", "12", "13", "14", "15", "16", "17"];

    public YearMode Mode { get; }

    /// <summary>The last two digits for which there are both answers and foils and that are not the corruption's 01.</summary>
    public IEnumerable<int> UsableDigits =>
        Enumerable.Range(2, 97).Where(digits => _continuations.Any(next => IsLater(next.Value, digits)) && _continuations.Any(next => IsNotLater(next.Value, digits)));

    /// <exception cref="NodalException">The tokenizer splits years neither way.</exception>
    public static YearTokens For(ITokenizer tokenizer)
    {
        foreach (var mode in Enum.GetValues<YearMode>())
        {
            var years = new YearTokens(tokenizer, mode);
            if (Centuries.Any(century => Enumerable.Range(2, 97).Any(digits => years.Splits(century, Text(digits)))))
            {
                return years;
            }
        }

        var pieces = tokenizer.EncodeContinuation(" 1742").Select(id => $"'{tokenizer.Decode([id])}'");
        Throw.Input(
            $"greater-than needs years that the tokenizer {tokenizer.Description} splits after the century", found: $"' 1742' as {string.Join(", ", pieces)}",
            expected: "'17' followed by '42', or by '4' and '2'", remedy: "Choose another task, or give a pairs file of your own");
        return null;
    }

    public static string Text(int digits) => digits.ToString("00", CultureInfo.InvariantCulture);

    /// <summary>Whether the year, after a space, is the tokens of the century followed by what a model is to say.</summary>
    public bool Splits(string century, string digits)
    {
        if (!_splits.TryGetValue((century, digits), out var splits))
        {
            IEnumerable<string> rest = Mode == YearMode.TwoDigits ? [digits] : digits.Select(digit => digit.ToString());
            var parts = rest.Select(_tokenizer.EncodeContinuation).ToArray();
            var whole = _tokenizer.EncodeContinuation($" {century}{digits}");
            splits = parts.All(part => part.Count == 1)
                && whole.SequenceEqual(_tokenizer.EncodeContinuation($" {century}").Concat(parts.SelectMany(part => part)));
            _splits.Add((century, digits), splits);
        }

        return splits;
    }

    public ImmutableArray<string> Answers(int digits) => [.. _continuations.Where(next => IsLater(next.Value, digits)).Select(next => next.Text)];

    public ImmutableArray<string> Foils(int digits) => [.. _continuations.Where(next => IsNotLater(next.Value, digits)).Select(next => next.Text)];

    private bool IsLater(int value, int digits) => Mode == YearMode.TwoDigits ? value > digits : value > digits / 10;

    private bool IsNotLater(int value, int digits) => Mode == YearMode.TwoDigits ? value <= digits : value < digits / 10;
}
