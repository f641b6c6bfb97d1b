using System.Globalization;
using System.Text.RegularExpressions;
using Nodal.Runtime;
using Nodal.Tokenization;

namespace Nodal.Tasks;

/// <summary>Pairs from rows that do not name their answers: greater-than by the year, IOI by the names in the prompt.</summary>
internal sealed partial class PairRows(ITokenizer tokenizer, DropCounter drops)
{
    /// <summary>Why a row whose fields disagree is dropped.</summary>
    public const string Contradiction = "row's label is not the year in its prompt";

    private readonly Lazy<YearTokens> _years = new(() => YearTokens.For(tokenizer));

    /// <summary>The pair, or <see langword="null"/> (counted) where label and prompt disagree or the tokenizer does not split a year.</summary>
    public PromptPair? GreaterThan(string clean, string corrupted, string digits, string place)
    {
        var year = YearOf(clean, place);
        if (year.Digits != digits.PadLeft(2, '0'))
        {
            // Three rows of Edge-Pruning's gt_train are such; either side may be the mistake, so neither is believed.
            drops.Add(Contradiction, $"{place}: '{digits}' beside {Excerpt.Of(clean)}");
            return null;
        }

        foreach (var (century, last) in new[] { year, YearOf(corrupted, place) })
        {
            if (!_years.Value.Splits(century, last))
            {
                drops.Add(YearTokens.NotSplit, $"{place}: {century}{last}");
                return null;
            }
        }

        var value = int.Parse(year.Digits, CultureInfo.InvariantCulture);
        return new PromptPair { Clean = clean, Corrupted = corrupted, Answers = _years.Value.Answers(value), Foils = _years.Value.Foils(value) };
    }

    /// <summary>The names joined by "and" that the prompt says once (answer) and twice (foil).</summary>
    public static PromptPair Ioi(string clean, string corrupted, string place)
    {
        var names = JoinedNames().Match(clean);
        string[] both = [names.Groups["first"].Value, names.Groups["second"].Value];
        var once = both.Where(name => names.Success && Occurrences(clean, name) == 1).ToArray();
        var twice = both.Where(name => names.Success && Occurrences(clean, name) == 2).ToArray();
        if (once.Length != 1 || twice.Length != 1)
        {
            Throw.Input(
                $"{place} does not show its answer", found: $"token ids of another model, and the prompt {Excerpt.Of(clean)}",
                expected: "two names joined by 'and', one of them said again", remedy: "Convert the file to JSON lines with 'answer' and 'foil' as text");
        }

        return new PromptPair { Clean = clean, Corrupted = corrupted, Answers = [" " + once[0]], Foils = [" " + twice[0]] };
    }

    private static int Occurrences(string text, string name) => Regex.Count(text, $@"\b{Regex.Escape(name)}\b");

    private static (string Century, string Digits) YearOf(string prompt, string place)
    {
        var match = YearAndCentury().Match(prompt);
        if (!match.Success)
        {
            Throw.Input(
                $"{place} is not a greater-than prompt", found: Excerpt.Of(prompt), expected: "a year of four digits, and its first two at the end",
                remedy: "Correct the row, or remove it");
        }

        return (match.Groups["century"].Value, match.Groups["digits"].Value);
    }

    [GeneratedRegex(@" (?<century>[0-9]{2})(?<digits>[0-9]{2})\b.* \k<century>$", RegexOptions.ExplicitCapture)]
    private static partial Regex YearAndCentury();

    [GeneratedRegex(@"\b(?<first>\p{Lu}\w*) and (?<second>\p{Lu}\w*)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex JoinedNames();
}
