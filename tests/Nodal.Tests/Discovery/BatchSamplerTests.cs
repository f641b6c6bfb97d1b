using CsCheck;
using Nodal.Discovery;

namespace Nodal.Tests.Discovery;

public sealed class BatchSamplerTests
{
    [Fact]
    public void A_batch_is_distinct_pairs_in_rising_order() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[1, 50], Gen.Int).Sample((pairs, size, seed) =>
        {
            var batches = new BatchSampler(pairs, size);
            var random = new Random(seed);
            for (var step = 0; step < 3; step++)
            {
                var batch = batches.Next(random);
                batch.Length.ShouldBe(Math.Min(pairs, size));
                batch.ShouldBe(batch.Distinct().Order());
                batch.ShouldAllBe(pair => pair >= 0 && pair < pairs);
            }
        });

    [Fact]
    public void A_batch_follows_from_the_generator_alone_whatever_was_drawn_before()
    {
        var (fresh, used) = (new BatchSampler(40, 8), new BatchSampler(40, 8));
        used.Next(new Random(1));
        var batch = fresh.Next(new Random(2));
        used.Next(new Random(2)).ShouldBe(batch);
        used.Next(new Random(3)).ShouldNotBe(batch);
    }

    // 4,000 draws of 3 of 12: each pair is expected 1,000 times with a standard deviation of 27.
    [Fact]
    public void Every_pair_is_as_likely_as_any_other()
    {
        var counts = new int[12];
        var batches = new BatchSampler(12, 3);
        var random = new Random(5);
        for (var step = 0; step < 4000; step++)
        {
            Array.ForEach(batches.Next(random), pair => counts[pair]++);
        }

        counts.ShouldAllBe(count => count > 850 && count < 1150);
    }
}
