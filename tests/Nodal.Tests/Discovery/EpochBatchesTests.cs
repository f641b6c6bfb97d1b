using CsCheck;
using Nodal.Discovery;

namespace Nodal.Tests.Discovery;

public sealed class EpochBatchesTests
{
    [Fact]
    public void An_epoch_is_all_pairs_once_and_its_last_batch_what_is_left() => Gen.Select(Gen.Int[1, 60], Gen.Int[1, 20], Gen.Int).Sample((pairs, size, seed) =>
    {
        var batches = new EpochBatches(pairs, size, seed);
        var steps = EpochBatches.PerEpoch(pairs, size);
        for (var epoch = 0; epoch < 2; epoch++)
        {
            var seen = Enumerable.Range(epoch * steps, steps).Select(batches.Of).ToArray();
            seen.SelectMany(batch => batch).Order().ShouldBe(Enumerable.Range(0, pairs));
            seen.SkipLast(1).ShouldAllBe(batch => batch.Length == size);
            seen[^1].Length.ShouldBe(pairs - ((steps - 1) * size));
            seen.ShouldAllBe(batch => batch.SequenceEqual(batch.Order()));
        }
    });

    [Theory]
    [InlineData(200, 64, 4)]
    [InlineData(64, 64, 1)]
    [InlineData(65, 64, 2)]
    [InlineData(1, 64, 1)]
    public void Steps_of_an_epoch(int pairs, int size, int expected) => EpochBatches.PerEpoch(pairs, size).ShouldBe(expected);

    [Fact]
    public void A_batch_follows_from_seed_and_step_alone()
    {
        var whole = new EpochBatches(40, 8, seed: 3);
        var all = Enumerable.Range(0, 20).Select(whole.Of).ToArray();
        new EpochBatches(40, 8, seed: 3).Of(13).ShouldBe(all[13]);
        new EpochBatches(40, 8, seed: 4).Of(13).ShouldNotBe(all[13]);
        all[0].ShouldNotBe(all[5], "another epoch has another order");
        (whole.Epoch(4), whole.Epoch(5)).ShouldBe((0, 1));
    }
}
