using Nodal.Tokenization;

namespace Nodal.Tasks;

/// <summary>Greater-than: a later year.</summary>
/// <remarks>
/// Hanna, Liu, Variengien 2023, arXiv 2305.00586; nouns of Edge-Pruning. All prompts of one noun and century have the same corrupted prompt (YY = 01),
/// so they stay in one split. For tokenizers that split digits see <see cref="YearTokens"/>.
/// </remarks>
internal sealed class GreaterThanTask : PromptTask
{
    private const string CorruptedDigits = "01";

    public override string Name => "gt";

    public override string Description =>
        "\"The war lasted from the year 1742 to the year 17\": numbers above 42, not up to 42 (tens digits where digits are split); corruption: 1701";

    public override string Paper => "Hanna, Liu, Variengien 2023, How does GPT-2 compute greater-than?, arXiv 2305.00586";

    private protected override IEnumerable<PromptPair> Candidates(ITokenizer tokenizer, Random random, DropCounter drops)
    {
        var years = YearTokens.For(tokenizer);
        var nouns = Lexicon.Lines("greater-than-nouns.txt");
        var answers = years.UsableDigits.ToDictionary(digits => digits, digits => (Later: years.Answers(digits), NotLater: years.Foils(digits)));
        var candidates = (
            from year in UsableYears(years, drops)
            from noun in nouns
            select new PromptPair
            {
                Clean = Prompt(noun, year.Century, YearTokens.Text(year.Digits)),
                Corrupted = Prompt(noun, year.Century, CorruptedDigits),
                Answers = answers[year.Digits].Later,
                Foils = answers[year.Digits].NotLater,
                Origin = $"gt {noun} {year.Century}{YearTokens.Text(year.Digits)}",
            }).ToArray();
        random.Shuffle(candidates);
        return candidates;
    }

    private static string Prompt(string noun, string century, string digits) => $"The {noun} lasted from the year {century}{digits} to the year {century}";

    private static IEnumerable<(string Century, int Digits)> UsableYears(YearTokens years, DropCounter drops)
    {
        foreach (var century in YearTokens.Centuries)
        {
            var corrupted = years.Splits(century, CorruptedDigits);
            foreach (var digits in years.UsableDigits)
            {
                if (corrupted && years.Splits(century, YearTokens.Text(digits)))
                    yield return (century, digits);
                else
                    drops.Add(YearTokens.NotSplit, $"{century}{(corrupted ? YearTokens.Text(digits) : CorruptedDigits)}");
            }
        }
    }
}
