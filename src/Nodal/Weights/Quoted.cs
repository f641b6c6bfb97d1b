namespace Nodal.Weights;

/// <summary>Names out of untrusted files as they may stand in a message: quoted, short, without control characters.</summary>
internal static class Quoted
{
    private const int Longest = 80;

    public static string Name(string name)
    {
        var shown = name.Length <= Longest ? name : name[..Longest] + "…";
        return "'" + string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)) + "'";
    }
}
