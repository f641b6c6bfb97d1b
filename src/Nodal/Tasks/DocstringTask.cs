using Nodal.Tokenization;

namespace Nodal.Tasks;

/// <summary>The next argument name in a Python docstring.</summary>
/// <remarks>
/// After Heimersheim and Janiak 2023 (alignmentforum.org/posts/u6KXXmKFbXfWzoAXn), with word lists of our own and the first three of six arguments
/// documented. <c>self</c> comes first, as there, so that every name follows a space. The corruption is their <c>random_random</c>: other names in the
/// definition, and yet others in the docstring, so that nothing says which name comes next.
/// </remarks>
internal sealed class DocstringTask : PromptTask
{
    private const int Defined = 6;
    private const int Documented = 3;

    public override string Name => "docstring";

    public override string Description =>
        "a Python function of six arguments, three of them documented, then \":param\": the fourth name, not another; corruption: other argument names";

    public override string Paper => "Heimersheim, Janiak 2023, A circuit for Python docstrings in a 4-layer attention-only transformer";

    private protected override IEnumerable<PromptPair> Candidates(ITokenizer tokenizer, Random random, DropCounter drops)
    {
        var lexicon = DocstringLexicon.Embedded;
        const int names = Defined + Defined + Documented;
        var arguments = SingleTokens.Keep(tokenizer, lexicon.Arguments, "argument name", least: names + 1, drops);
        while (true)
        {
            var method = random.One(lexicon.Methods);
            var words = random.Distinct(lexicon.Words, 3 + (2 * Documented));
            // One name more than needed: a name that is also the method's gives way.
            var drawn = random.Distinct(arguments, names + 1).Where(name => name != method).Take(names).ToArray();
            var clean = drawn[..Defined];
            yield return new PromptPair
            {
                Clean = Prompt(method, clean, clean[..Documented], words),
                Corrupted = Prompt(method, drawn[Defined..(2 * Defined)], drawn[(2 * Defined)..], words),
                Answers = [" " + clean[Documented]],
                Foils = [.. clean.Where((_, index) => index != Documented).Select(name => " " + name)],
                Origin = $"docstring {method}",
            };
        }
    }

    private static string Prompt(string method, string[] defined, string[] documented, string[] words) => string.Join(
        '\n',
        $"def {method}(self, {string.Join(", ", defined)}):",
        $"    \"\"\"{words[0]} {words[1]} {words[2]}",
        "",
        $"    :param {documented[0]}: {words[3]} {words[4]}",
        $"    :param {documented[1]}: {words[5]} {words[6]}",
        $"    :param {documented[2]}: {words[7]} {words[8]}",
        "    :param");
}
