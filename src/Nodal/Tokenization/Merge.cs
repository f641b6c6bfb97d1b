using Nodal.Runtime;

namespace Nodal.Tokenization;

/// <summary>Two neighbouring pieces that become one.</summary>
internal readonly record struct Merge(string Left, string Right)
{
    /// <summary>Reads <c>left right</c>, the form of <c>merges.txt</c> and GGUF.</summary>
    /// <param name="line">The text; exactly one space, not at an end.</param>
    /// <param name="place">Where it stands, for errors: <c>merges.txt, line 12</c>.</param>
    public static Merge Parse(string line, string place)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (space <= 0 || space == line.Length - 1 || line.AsSpan(space + 1).Contains(' '))
        {
            Throw.Input($"{place} is not a merge", $"'{line}'", "two pieces with one space between them", "download the file again");
        }

        return new Merge(line[..space], line[(space + 1)..]);
    }

    /// <summary>Refuses a merge whose parts or result are not pieces.</summary>
    public void RequireIn(Vocabulary vocabulary, string source)
    {
        foreach (var piece in (ReadOnlySpan<string>)[Left, Right, Left + Right])
        {
            if (!vocabulary.Ids.ContainsKey(piece))
            {
                Throw.Input($"{source} has a merge that does not belong to its vocabulary", $"'{Left}' and '{Right}' without a piece '{piece}'", "both parts and their union in the vocabulary", "use vocabulary and merges of the same model");
            }
        }
    }
}
