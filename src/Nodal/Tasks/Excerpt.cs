namespace Nodal.Tasks;

/// <summary>A text as an error message or an example shows it: on one line, in quotes, cut where it is long.</summary>
internal static class Excerpt
{
    private const int MaxLength = 60;

    public static string Of(string text)
    {
        var shown = new string([.. text.Take(MaxLength).Select(letter => char.IsControl(letter) ? ' ' : letter)]);
        return text.Length > MaxLength ? $"'{shown}…'" : $"'{shown}'";
    }
}
