using Nodal.Tokenization;

namespace Nodal.Tasks;

/// <summary>Indirect object identification.</summary>
/// <remarks>
/// Wang et al. 2022, arXiv 2211.00593: 15 templates in BABA and in ABBA order. The corruption is the paper's ABC distribution: three names that are
/// neither each other nor one of the clean prompt's; place and object stay.
/// </remarks>
/// <param name="names">Names to take in place of Redwood's; default none.</param>
internal sealed class IoiTask(IReadOnlyList<string>? names = null) : PromptTask
{
    private const string Answer = " [A]";

    public override string Name => "ioi";

    public override string Description =>
        "\"When Mary and John went to the store, John gave a drink to\": \" Mary\", not \" John\"; corruption: three other names";

    public override string Paper => "Wang et al. 2022, Interpretability in the Wild, arXiv 2211.00593";

    private protected override IEnumerable<PromptPair> Candidates(ITokenizer tokenizer, Random random, DropCounter drops)
    {
        var lexicon = IoiLexicon.Embedded;
        var people = SingleTokens.Keep(tokenizer, names ?? lexicon.Names, "name", least: 5, drops);
        (string Prompt, string Origin, int Number)[] templates = [.. lexicon.Templates.SelectMany(BothOrders)];
        while (true)
        {
            var (template, origin, number) = random.One(templates);
            var scene = template.Replace("[PLACE]", random.One(lexicon.Places), StringComparison.Ordinal)
                .Replace("[OBJECT]", random.One(lexicon.Objects), StringComparison.Ordinal);
            var drawn = random.Distinct(people, 5);
            yield return new PromptPair
            {
                Clean = Fill(scene, drawn[0], drawn[1], drawn[1]),
                Corrupted = Fill(scene, drawn[2], drawn[3], drawn[4]),
                Answers = [" " + drawn[0]],
                Foils = [" " + drawn[1]],
                Origin = origin,
                Template = number,
            };
        }
    }

    private static IEnumerable<(string Prompt, string Origin, int Number)> BothOrders(string template, int index)
    {
        var prompt = template[..^Answer.Length];
        var (first, second) = (prompt.IndexOf("[B]", StringComparison.Ordinal), prompt.IndexOf("[A]", StringComparison.Ordinal));
        yield return (prompt, $"ioi BABA template {index + 1}", index + 1);
        yield return ($"{prompt[..first]}[A]{prompt[(first + 3)..second]}[B]{prompt[(second + 3)..]}", $"ioi ABBA template {index + 1}", index + 1);
    }

    /// <summary>Puts the names in; the giver is the last <c>[B]</c>.</summary>
    private static string Fill(string scene, string a, string b, string giver)
    {
        var last = scene.LastIndexOf("[B]", StringComparison.Ordinal);
        return $"{scene[..last]}{giver}{scene[(last + 3)..]}".Replace("[A]", a, StringComparison.Ordinal).Replace("[B]", b, StringComparison.Ordinal);
    }
}
