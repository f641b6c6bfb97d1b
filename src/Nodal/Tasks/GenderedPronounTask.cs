using Nodal.Tokenization;

namespace Nodal.Tasks;

/// <summary>Gendered pronouns after a tag question.</summary>
/// <remarks>
/// Mathwin et al. 2023; templates and names of Edge-Pruning (Bhaskar et al. 2024, arXiv 2406.16778). Names in both the girls' and the boys' list
/// have no right answer and are left out. A girl's and a boy's prompt of one template are each other's corruption, so they stay in one split.
/// </remarks>
internal sealed class GenderedPronounTask : PromptTask
{
    public override string Name => "gp";

    public override string Description =>
        "\"So Emily is always encouraging, isn't\": \" she\", not \" he\"; corruption: a name of the other gender with as many tokens";

    public override string Paper =>
        "Mathwin et al. 2023, Identifying a Preliminary Circuit for Predicting Gendered Pronouns; data of Bhaskar et al. 2024, arXiv 2406.16778";

    private protected override IEnumerable<PromptPair> Candidates(ITokenizer tokenizer, Random random, DropCounter drops)
    {
        var lexicon = GenderedPronounLexicon.Embedded;
        var both = lexicon.Girls.Intersect(lexicon.Boys).ToHashSet();
        foreach (var name in both)
        {
            drops.Add("name is in both the girls' and the boys' list", name);
        }

        var girls = ByTokens(lexicon.Girls, both, tokenizer);
        var boys = ByTokens(lexicon.Boys, both, tokenizer);
        var pairs = new List<PromptPair>();
        for (var index = 0; index < lexicon.Templates.Length; index++)
        {
            foreach (var tokens in girls.Keys.Intersect(boys.Keys))
            {
                pairs.AddRange(OfTemplate(lexicon.Templates[index], $"gp template {index + 1}", girls[tokens], boys[tokens], random));
            }
        }

        var shuffled = pairs.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }

    private static Dictionary<int, string[]> ByTokens(string[] names, HashSet<string> except, ITokenizer tokenizer) =>
        names.Where(name => !except.Contains(name))
            .GroupBy(name => tokenizer.EncodeContinuation(" " + name).Count)
            .ToDictionary(group => group.Key, group => group.ToArray());

    /// <summary>Every name in the template once as clean; the names of the shorter list serve several of the longer one.</summary>
    private static IEnumerable<PromptPair> OfTemplate(string template, string origin, string[] girls, string[] boys, Random random)
    {
        var (she, he) = (random.Distinct(girls, girls.Length), random.Distinct(boys, boys.Length));
        for (var index = 0; index < Math.Max(she.Length, he.Length); index++)
        {
            var girl = template.Replace("{name}", she[index % she.Length], StringComparison.Ordinal);
            var boy = template.Replace("{name}", he[index % he.Length], StringComparison.Ordinal);
            if (index < she.Length)
                yield return new PromptPair { Clean = girl, Corrupted = boy, Answers = [" she"], Foils = [" he"], Origin = origin };
            if (index < he.Length)
                yield return new PromptPair { Clean = boy, Corrupted = girl, Answers = [" he"], Foils = [" she"], Origin = origin };
        }
    }
}
