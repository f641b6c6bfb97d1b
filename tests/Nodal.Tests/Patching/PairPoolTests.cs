using Nodal.Models;
using Nodal.Patching;
using Nodal.Tasks;
using Nodal.Tests.Models;
using static TorchSharp.torch;

namespace Nodal.Tests.Patching;

public sealed class PairPoolTests : IDisposable
{
    private readonly Transformer _model = TinyModels.Make("llama-gqa");
    private readonly CounterfactualAblation _ablation;
    private readonly EncodedPair[] _pairs;

    public PairPoolTests()
    {
        _ablation = new CounterfactualAblation(_model);
        _pairs = [.. TinyPairs.Make(_model.Config, 7, length: 6), .. TinyPairs.Make(_model.Config, 5, length: 4), .. TinyPairs.Make(_model.Config, 3, length: 5)];
        new Random(1).Shuffle(_pairs);
    }

    public void Dispose()
    {
        _ablation.Dispose();
        _model.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(15)]
    public void A_draw_gives_as_many_distinct_pairs_as_asked_for_each_batch_of_one_length(int count)
    {
        using var pool = Pool(long.MaxValue);
        var random = new Random(3);
        for (var draw = 0; draw < 20; draw++)
        {
            using var scope = NewDisposeScope();
            var batches = pool.Draw(random, count).ToArray();
            var drawn = batches.SelectMany(batch => batch.Pairs).ToArray();

            drawn.Length.ShouldBe(count);
            drawn.Distinct().Count().ShouldBe(count);
            drawn.ShouldBeSubsetOf(_pairs);
            batches.ShouldAllBe(batch => batch.Pairs.Select(pair => pair.Length).Distinct().Count() == 1);
        }
    }

    [Fact]
    public void More_pairs_than_there_are_is_all_of_them()
    {
        using var scope = NewDisposeScope();
        using var pool = Pool(long.MaxValue);
        pool.Draw(new Random(3), 100).SelectMany(batch => batch.Pairs).ShouldBe(_pairs, ignoreOrder: true);
    }

    [Fact]
    public void Every_pair_is_drawn_about_as_often_as_another()
    {
        using var pool = Pool(0);
        var random = new Random(3);
        var times = _pairs.ToDictionary(pair => pair, _ => 0);
        for (var draw = 0; draw < 300; draw++)
        {
            using var scope = NewDisposeScope();
            foreach (var pair in pool.Draw(random, 3).SelectMany(batch => batch.Pairs))
            {
                times[pair]++;
            }
        }

        // Binomial(300, 1/5): mean 60, standard deviation 7.
        times.Values.ShouldAllBe(count => count > 25 && count < 95);
    }

    [Fact]
    public void Kept_and_recomputed_activations_are_the_same()
    {
        using var scope = NewDisposeScope();
        using var kept = Pool(long.MaxValue);
        using var recomputed = Pool(kept.KeptBytes - 1);
        (kept.Keeps, recomputed.Keeps).ShouldBe((true, false));

        var (one, other) = (kept.Draw(new Random(9), 6).ToArray(), recomputed.Draw(new Random(9), 6).ToArray());
        one.Length.ShouldBe(other.Length);
        foreach (var (left, right) in one.Zip(other))
        {
            left.Pairs.ShouldBe(right.Pairs);
            foreach (var (actual, expected) in left.Tensors().Zip(right.Tensors()))
            {
                actual.ShouldBeWithin(expected, 1e-12);
            }
        }
    }

    [Fact]
    public void The_bytes_said_are_those_kept()
    {
        using var scope = NewDisposeScope();
        using var pool = Pool(long.MaxValue);
        pool.Draw(new Random(1), _pairs.Length).SelectMany(batch => batch.Tensors()).Sum(tensor => tensor.numel() * sizeof(double)).ShouldBe(pool.KeptBytes);
    }

    [Theory]
    [InlineData(AblationKind.Mean)]
    [InlineData(AblationKind.Zero)]
    public void Constants_are_shared_and_not_counted_for_each_pair(AblationKind kind)
    {
        using var scope = NewDisposeScope();
        using var ablation = Ablations.Make(kind, _model, TinyPairs.Corrupted(TinyPairs.Make(_model.Config, 3)));
        using var pool = new PairPool(_model, new PairPreparation(_model, ablation), _pairs, long.MaxValue);
        var batches = pool.Draw(new Random(1), _pairs.Length).ToArray();

        batches.SelectMany(batch => batch.Tensors()).Sum(tensor => tensor.numel() * sizeof(double)).ShouldBe(pool.KeptBytes);
        batches.ShouldAllBe(batch => ReferenceEquals(batch.Ablated.FinalStream, batches[0].Ablated.FinalStream));
    }

    [Fact]
    public void A_pool_that_is_disposed_of_leaves_no_tensor()
    {
        using var scope = NewDisposeScope();
        LiveTensors.Settle();
        var before = LiveTensors.Count;
        using (Pool(long.MaxValue))
        {
            LiveTensors.Count.ShouldBeGreaterThan(before);
        }

        LiveTensors.Count.ShouldBe(before);
    }

    private PairPool Pool(long memory) => new(_model, new PairPreparation(_model, _ablation), _pairs, memory);
}
