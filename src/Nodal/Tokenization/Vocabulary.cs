using Nodal.Runtime;

namespace Nodal.Tokenization;

/// <summary>Pieces and their ids, checked: no id twice, none beyond what a tokenizer can have. Ids may have holes.</summary>
internal sealed class Vocabulary
{
    /// <summary>More ids than any published tokenizer has; a larger id is a fault of the file, not a reason to take memory.</summary>
    public const int MostIds = 1 << 22;

    /// <summary>Longer than any published piece; work on a piece grows with the square of its length.</summary>
    private const int LongestPiece = 4096;

    private readonly Dictionary<string, int> _ids;
    private readonly string?[] _pieces;

    private Vocabulary(Dictionary<string, int> ids, string?[] pieces)
    {
        _ids = ids;
        _pieces = pieces;
    }

    /// <summary>Highest id plus one.</summary>
    public int Size => _pieces.Length;

    /// <summary>Ids by piece.</summary>
    public IReadOnlyDictionary<string, int> Ids => _ids;

    /// <summary>Lookup of pieces by spans, without a string for each.</summary>
    public Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Lookup => _ids.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>From pairs as a JSON vocabulary has them; neither a piece nor an id may come twice.</summary>
    public static Vocabulary FromEntries(IReadOnlyCollection<KeyValuePair<string, int>> entries, string source)
    {
        RequireSome(entries.Count, source);
        var pieces = new string?[CheckedSize(entries, source)];
        var ids = new Dictionary<string, int>(entries.Count, StringComparer.Ordinal);
        foreach (var (piece, id) in entries)
        {
            RequireLength(piece, source);
            if (pieces[id] is { } other)
            {
                Throw.Input($"{source} gives one id to two pieces", $"id {id} for '{other}' and for '{piece}'", "every id once", "download the file again");
            }

            if (!ids.TryAdd(piece, id))
            {
                Throw.Input($"{source} has one piece twice", $"'{piece}' with ids {ids[piece]} and {id}", "every piece once", "download the file again");
            }

            pieces[id] = piece;
        }

        return new Vocabulary(ids, pieces);
    }

    /// <summary>From a list in which the position is the id. A piece that comes twice encodes to its first id, as some GGUF files need.</summary>
    public static Vocabulary FromPieces(IReadOnlyList<string> pieces, string source)
    {
        RequireSome(pieces.Count, source);
        if (pieces.Count > MostIds)
        {
            ThrowIdOutOfRange(source, pieces.Count - 1);
        }

        var ids = new Dictionary<string, int>(pieces.Count, StringComparer.Ordinal);
        for (var id = 0; id < pieces.Count; id++)
        {
            RequireLength(pieces[id], source);
            ids.TryAdd(pieces[id], id);
        }

        return new Vocabulary(ids, [.. pieces]);
    }

    /// <summary>The piece of an id.</summary>
    /// <exception cref="NodalException">The id is not in the vocabulary.</exception>
    public string PieceOf(int id)
    {
        if ((uint)id >= (uint)_pieces.Length || _pieces[id] is null)
        {
            Throw.Input("a token id is not in the vocabulary", $"{id}", $"an id from 0 to {Size - 1} that has a piece", "use the tokenizer of the model the ids come from");
        }

        return _pieces[id]!;
    }

    /// <summary>The id itself, once it is sure that a piece has it.</summary>
    public int RequireId(int id, string what, string source)
    {
        if ((uint)id >= (uint)_pieces.Length || _pieces[id] is null)
        {
            Throw.Input($"{source}: {what} is not in the vocabulary", $"{id}", $"an id from 0 to {Size - 1} that has a piece", "download the file again");
        }

        return id;
    }

    private static int CheckedSize(IReadOnlyCollection<KeyValuePair<string, int>> entries, string source)
    {
        var highest = 0;
        foreach (var (_, id) in entries)
        {
            if (id is < 0 or >= MostIds)
            {
                ThrowIdOutOfRange(source, id);
            }

            highest = Math.Max(highest, id);
        }

        return highest + 1;
    }

    private static void RequireLength(string piece, string source)
    {
        if (piece.Length > LongestPiece)
        {
            Throw.Input($"{source} has a piece that cannot be one", $"{piece.Length} characters", $"at most {LongestPiece}", "download the file again");
        }
    }

    private static void RequireSome(int count, string source)
    {
        if (count == 0)
        {
            Throw.Input($"{source} has an empty vocabulary", "no pieces", "at least one", "download the file again");
        }
    }

    private static void ThrowIdOutOfRange(string source, int id) =>
        Throw.Input($"{source} has a token id out of range", $"{id}", $"0 to {MostIds - 1}", "download the file again");
}
