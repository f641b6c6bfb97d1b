using CsCheck;
using Nodal.Patching.Fast;

namespace Nodal.Tests.Patching.Fast;

public sealed class PieceSplitTests
{
    [Fact]
    public void Every_pair_is_in_one_piece_and_no_piece_has_more_rows_than_it_may() =>
        Gen.Select(Gen.Int[1, 40].Array[1, 40], Gen.Int[1, 4], Gen.Int[30, 200]).Sample((rows, workers, limit) =>
        {
            var pieces = PieceSplit.Of(rows, workers, limit);
            pieces.SelectMany(piece => piece).Order().ShouldBe(Enumerable.Range(0, rows.Length));
            pieces.ShouldAllBe(piece => piece.Length > 0 && piece.Order().SequenceEqual(piece));

            // The lightest piece gets the next pair, so none is more than a pair above the mean.
            var mean = (double)rows.Sum() / pieces.Length;
            pieces.ShouldAllBe(piece => piece.Sum(pair => rows[pair]) <= mean + rows.Max());
            mean.ShouldBeLessThanOrEqualTo(Math.Max(limit, rows.Max()));
        });

    [Fact]
    public void Each_worker_has_a_piece_as_soon_as_there_are_pairs_enough()
    {
        PieceSplit.Of([5, 5, 5], workers: 2, limit: 100).Length.ShouldBe(2);
        PieceSplit.Of([5], workers: 2, limit: 100).Length.ShouldBe(1);
        PieceSplit.Of([60, 60, 60, 60, 60], workers: 2, limit: 100).Length.ShouldBe(4);
    }
}
