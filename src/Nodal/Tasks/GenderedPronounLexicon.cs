namespace Nodal.Tasks;

/// <summary>Edge-Pruning's templates with <c>{name}</c> and names; some names stand in both lists.</summary>
internal sealed record GenderedPronounLexicon(string[] Templates, string[] Girls, string[] Boys)
{
    public static GenderedPronounLexicon Embedded { get; } = Lexicon.Json<GenderedPronounLexicon>("gendered-pronouns.json");
}
