using System.Text.RegularExpressions;
using Nodal.Runtime;

namespace Nodal.Tokenization;

/// <summary>One step of pre-tokenization: cuts a text at the matches of a pattern. Merges never cross a cut.</summary>
internal sealed class TextSplit
{
    /// <summary>Patterns come from model files and may backtrack without end; real ones need microseconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Regex _pattern;
    private readonly SplitBehavior _behavior;
    private readonly bool _invert;

    /// <summary>Compiles the pattern.</summary>
    /// <param name="pattern">A regular expression over whole characters: one outside the basic plane counts once.</param>
    /// <param name="behavior">What becomes of the matches.</param>
    /// <param name="invert">Whether what lies between the matches is taken for the matches.</param>
    /// <param name="source">Where the pattern comes from, for errors.</param>
    public TextSplit(string pattern, SplitBehavior behavior = SplitBehavior.Isolated, bool invert = false, string source = "a built-in pattern")
    {
        try
        {
            _pattern = new Regex(pattern, RegexOptions.Compiled | RegexOptions.CultureInvariant, Patience);
        }
        catch (RegexParseException fault)
        {
            Throw.Input($"{source} has a split pattern that .NET does not read", $"'{pattern}'", "a .NET regular expression", $"rewrite it without the construct named here: {fault.Message.TrimEnd('.')}", fault);
        }

        _behavior = behavior;
        _invert = invert;
    }

    /// <summary>Pieces of the text in order, none of them empty.</summary>
    public IEnumerable<string> Split(string text)
    {
        var cuts = Cut(text);
        return _behavior switch
        {
            SplitBehavior.Removed => cuts.Where(cut => !cut.IsMatch).Select(cut => text[cut.Start..cut.End]),
            SplitBehavior.Isolated => cuts.Select(cut => text[cut.Start..cut.End]),
            _ => Joined(cuts).Select(cut => text[cut.Start..cut.End]),
        };
    }

    private List<(int Start, int End, bool IsMatch)> Cut(string text)
    {
        var cuts = new List<(int Start, int End, bool IsMatch)>();
        var subject = new PatternSubject(text);
        var done = 0;
        try
        {
            foreach (var match in _pattern.EnumerateMatches(subject.Characters))
            {
                var start = subject.IndexInText(match.Index);
                var end = subject.IndexInText(match.Index + match.Length);
                AddCut(cuts, done, start, isMatch: _invert);
                AddCut(cuts, start, end, isMatch: !_invert);
                done = end;
            }
        }
        catch (RegexMatchTimeoutException fault)
        {
            Throw.Input("a split pattern does not end", $"no result after {Patience.TotalSeconds:0} s for '{_pattern}'", "a pattern that matches in linear time", "use the model's published tokenizer.json", fault);
        }

        AddCut(cuts, done, text.Length, isMatch: _invert);
        return cuts;
    }

    private static void AddCut(List<(int Start, int End, bool IsMatch)> cuts, int start, int end, bool isMatch)
    {
        if (end > start)
        {
            cuts.Add((start, end, isMatch));
        }
    }

    private List<(int Start, int End, bool IsMatch)> Joined(List<(int Start, int End, bool IsMatch)> cuts)
    {
        var joined = new List<(int Start, int End, bool IsMatch)>(cuts.Count);
        foreach (var cut in cuts)
        {
            if (joined.Count > 0 && JoinsPrevious(joined[^1].IsMatch, cut.IsMatch))
            {
                joined[^1] = (joined[^1].Start, cut.End, cut.IsMatch);
            }
            else
            {
                joined.Add(cut);
            }
        }

        return joined;
    }

    private bool JoinsPrevious(bool previousIsMatch, bool isMatch) => _behavior switch
    {
        SplitBehavior.MergedWithPrevious => isMatch && !previousIsMatch,
        SplitBehavior.MergedWithNext => previousIsMatch && !isMatch,
        _ => previousIsMatch == isMatch,
    };
}
