namespace Nodal.Tokenization;

/// <summary>Which two neighbouring ids become which id, and how early: the lowest rank merges first, of equal ranks the leftmost.</summary>
internal sealed class MergeTable
{
    private readonly Dictionary<(int Left, int Right), (int Rank, int Id)> _merges = [];

    private MergeTable()
    {
    }

    /// <summary>From merges by rank, best first; each must be in the vocabulary. A merge that comes twice has its last rank, as in the reference.</summary>
    public static MergeTable FromMerges(Vocabulary vocabulary, IReadOnlyList<Merge> merges, string source)
    {
        var table = new MergeTable();
        for (var rank = 0; rank < merges.Count; rank++)
        {
            var merge = merges[rank];
            merge.RequireIn(vocabulary, source);
            table._merges[(vocabulary.Ids[merge.Left], vocabulary.Ids[merge.Right])] = (rank, vocabulary.Ids[merge.Left + merge.Right]);
        }

        return table;
    }

    /// <summary>From SentencePiece scores: any two pieces whose union is a piece merge, the union with the highest score first.</summary>
    /// <param name="vocabulary">All pieces.</param>
    /// <param name="scores">One an id.</param>
    /// <param name="isOrdinary">Whether an id is text; control, unknown and byte pieces neither merge nor arise.</param>
    public static MergeTable FromScores(Vocabulary vocabulary, IReadOnlyList<float> scores, Func<int, bool> isOrdinary)
    {
        var table = new MergeTable();
        var ranks = RanksOf(scores);
        var lookup = vocabulary.Lookup;
        foreach (var (piece, id) in vocabulary.Ids)
        {
            for (var cut = 1; cut < piece.Length && isOrdinary(id); cut++)
            {
                if (lookup.TryGetValue(piece.AsSpan(0, cut), out var left) && isOrdinary(left)
                    && lookup.TryGetValue(piece.AsSpan(cut), out var right) && isOrdinary(right))
                {
                    table._merges[(left, right)] = (ranks[scores[id]], id);
                }
            }
        }

        return table;
    }

    /// <summary>The merge of two neighbours, if there is one.</summary>
    public bool TryGet(int left, int right, out (int Rank, int Id) merge) => _merges.TryGetValue((left, right), out merge);

    private static Dictionary<float, int> RanksOf(IReadOnlyList<float> scores)
    {
        var ranks = new Dictionary<float, int>();
        foreach (var score in scores.OrderDescending())
        {
            ranks.TryAdd(score, ranks.Count);
        }

        return ranks;
    }
}
