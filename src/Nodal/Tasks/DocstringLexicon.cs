namespace Nodal.Tasks;

/// <summary>Method names, argument names and description words; no description word is an argument name.</summary>
internal sealed record DocstringLexicon(string[] Methods, string[] Arguments, string[] Words)
{
    public static DocstringLexicon Embedded { get; } = Lexicon.Json<DocstringLexicon>("docstring.json");
}
