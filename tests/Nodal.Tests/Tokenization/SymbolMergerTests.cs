using CsCheck;
using Nodal.Tokenization;

namespace Nodal.Tests.Tokenization;

public sealed class SymbolMergerTests
{
    private static readonly string[] Pieces = ["a", "b", "c", "ab", "bc", "aa", "aab", "abc", "cab", "aaaa"];
    private static readonly Vocabulary Words = Vocabulary.FromPieces(Pieces, "test");

    [Fact]
    public void Random_rows_merge_as_by_searching_for_the_best_pair_again_and_again() =>
        Gen.Select(Gen.Int[0, 2].Array[0, 40], Gen.Int[-4, 0].Array[10])
            .Sample((row, scores) =>
            {
                float[] values = [.. scores.Select(score => (float)score)];
                var table = MergeTable.FromScores(Words, values, _ => true);
                return SymbolMerger.Merge(table, [.. row]).SequenceEqual(Naive(table, row));
            }, threads: 1);

    [Fact]
    public void Of_equal_scores_the_leftmost_pair_merges_first() =>
        SymbolMerger.Merge(MergeTable.FromScores(Words, new float[10], id => id < 6), [0, 1, 2]).ShouldBe([3, 2]);

    [Fact]
    public void Unknown_characters_stay_where_they_are() =>
        SymbolMerger.Merge(MergeTable.FromScores(Words, new float[10], _ => true), [0, -1, 1, 2]).ShouldBe([0, -1, 4]);

    private static List<int> Naive(MergeTable table, int[] row)
    {
        List<int> ids = [.. row];
        while (true)
        {
            var best = (Rank: int.MaxValue, At: -1, Id: 0);
            for (var at = 0; at + 1 < ids.Count; at++)
            {
                if (table.TryGet(ids[at], ids[at + 1], out var merge) && merge.Rank < best.Rank)
                {
                    best = (merge.Rank, at, merge.Id);
                }
            }

            if (best.At < 0)
            {
                return ids;
            }

            ids[best.At] = best.Id;
            ids.RemoveAt(best.At + 1);
        }
    }
}
