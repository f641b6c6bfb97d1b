namespace Nodal.Tasks;

/// <summary>Redwood's lists for indirect object identification; templates name <c>[A]</c>, <c>[B]</c>, <c>[PLACE]</c> and <c>[OBJECT]</c>, in BABA order.</summary>
internal sealed record IoiLexicon(string[] Names, string[] Places, string[] Objects, string[] Templates)
{
    public static IoiLexicon Embedded { get; } = Lexicon.Json<IoiLexicon>("ioi.json");
}
