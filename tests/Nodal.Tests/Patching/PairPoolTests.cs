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

    [Fact]
    public void The_pairs_asked_for_come_in_pieces_of_one_length()
    {
        using var scope = NewDisposeScope();
        using var pool = Pool(long.MaxValue);
        int[] wanted = [0, 3, 4, 8, 9, 14];
        var batches = pool.Take(wanted).ToArray();

        batches.SelectMany(batch => batch.Pairs).ShouldBe(wanted.Select(pair => _pairs[pair]), ignoreOrder: true);
        batches.ShouldAllBe(batch => batch.Pairs.Select(pair => pair.Length).Distinct().Count() == 1);
    }

    [Fact]
    public void Kept_and_recomputed_activations_are_the_same()
    {
        using var scope = NewDisposeScope();
        using var kept = Pool(long.MaxValue);
        using var recomputed = Pool(kept.KeptBytes - 1);
        (kept.Keeps, recomputed.Keeps).ShouldBe((true, false));

        var (one, other) = (kept.Take([1, 2, 5, 7, 11, 12]).ToArray(), recomputed.Take([1, 2, 5, 7, 11, 12]).ToArray());
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
        pool.Take([.. Enumerable.Range(0, _pairs.Length)]).SelectMany(batch => batch.Tensors()).Sum(tensor => tensor.numel() * sizeof(double)).ShouldBe(pool.KeptBytes);
    }

    [Theory]
    [InlineData(AblationKind.Mean)]
    [InlineData(AblationKind.Zero)]
    public void Constants_are_shared_and_not_counted_for_each_pair(AblationKind kind)
    {
        using var scope = NewDisposeScope();
        using var ablation = Ablations.Make(kind, _model, TinyPairs.Corrupted(TinyPairs.Make(_model.Config, 3)));
        using var pool = new PairPool(_model, new PairPreparation(_model, ablation), _pairs, long.MaxValue);
        var batches = pool.Take([.. Enumerable.Range(0, _pairs.Length)]).ToArray();

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

    [Fact]
    public void A_preparation_that_is_cancelled_in_its_second_group_leaves_no_tensor()
    {
        using var scope = NewDisposeScope();
        using var source = new CancellationTokenSource();
        using var cancelling = new CancellingAblation(_ablation, source);
        LiveTensors.Settle();
        var before = LiveTensors.Count;

        Should.Throw<OperationCanceledException>(() => new PairPool(_model, new PairPreparation(_model, cancelling), _pairs, long.MaxValue, cancellation: source.Token));

        cancelling.Runs.ShouldBe(2);
        LiveTensors.Count.ShouldBe(before);
    }

    private PairPool Pool(long memory) => new(_model, new PairPreparation(_model, _ablation), _pairs, memory);

    /// <summary>Cancels in its second run.</summary>
    private sealed class CancellingAblation(IAblation inner, CancellationTokenSource source) : IAblation
    {
        public int Runs { get; private set; }

        public bool PerPair => inner.PerPair;

        public AblatedRun Run(Tensor clean, Tensor corrupted, int answerPosition)
        {
            if (++Runs == 2)
            {
                source.Cancel();
                source.Token.ThrowIfCancellationRequested();
            }

            return inner.Run(clean, corrupted, answerPosition);
        }

        public void Dispose()
        {
            // What it wraps belongs to the test.
        }
    }
}
