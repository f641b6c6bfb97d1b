using Nodal.Discovery;
using Nodal.Gates;
using Nodal.Patching;
using Nodal.Tests.Gates;
using static TorchSharp.torch;

namespace Nodal.Tests.Discovery;

public sealed class RankingTrainerTests
{
    private static readonly RankingOptions Short = new() { Steps = 12, BatchSize = 4, MinimumSize = 0.05, Seed = 3 };

    [Theory]
    [InlineData("llama-gqa", 0.5, 0.4)]
    [InlineData("llama-gqa", 0.15, 0.25)]
    [InlineData("llama-biases", 0.5, 0.7)]
    [InlineData("gpt2", 0.5, 0.4)]
    public void The_gradient_equals_finite_differences_of_the_whole_step(string model, double size, double temperature)
    {
        const double Step = 1e-4;
        using var scope = NewDisposeScope();
        using var setting = new TrainingSetting(model);
        var trainer = setting.Trainer(Short);
        int[] batch = [.. Enumerable.Range(0, setting.Pairs.Length)];
        var scores = Scores(setting.Layout);
        trainer.Gradient(scores, batch, size, temperature);
        var gradient = trainer.ScoreGradient.ToArray();

        foreach (var position in setting.Layout.Granularities.SelectMany(granularity => Sample(setting.Layout, granularity)))
        {
            double LossAt(double moved)
            {
                var changed = scores.ToArray();
                changed[position] += moved;
                return trainer.Gradient(changed, batch, size, temperature);
            }

            gradient[position].ShouldBe((LossAt(Step) - LossAt(-Step)) / (2 * Step), 2e-6, setting.Layout[position].ToString());
        }

        gradient.Count(value => Math.Abs(value) > 1e-4).ShouldBeGreaterThan(gradient.Length / 4);
    }

    [Theory]
    [InlineData("llama-gqa", Granularity.Head, Granularity.MlpBlock)]
    [InlineData("gpt2", Granularity.MlpHidden, Granularity.AttentionNeuron)]
    [InlineData("gpt2", Granularity.Layer, Granularity.Embedding)]
    public void Only_the_granularities_that_are_on_are_trained(string model, Granularity one, Granularity other)
    {
        using var setting = new TrainingSetting(model, wholeLayout: true);
        var ranking = setting.Trainer(Short, one, other).Train();
        var first = setting.Trainer(Short with { Steps = 1, LearningRate = 1e-9 }, one, other).Train();

        for (var i = 0; i < ranking.Scores.Length; i++)
        {
            var trained = setting.Layout[i].Granularity == one || setting.Layout[i].Granularity == other;
            double.IsPositiveInfinity(ranking.Scores[i]).ShouldBe(!trained, setting.Layout[i].ToString());
            (ranking.Scores[i] == first.Scores[i]).ShouldBe(!trained, setting.Layout[i].ToString());
        }
    }

    [Fact]
    public void With_granularities_off_the_gradient_still_equals_finite_differences()
    {
        const double Step = 1e-4;
        using var scope = NewDisposeScope();
        using var setting = new TrainingSetting("llama-gqa", wholeLayout: true);
        var trainer = setting.Trainer(Short, Granularity.Head, Granularity.MlpHidden, Granularity.Layer, Granularity.Embedding);
        int[] batch = [.. Enumerable.Range(0, setting.Pairs.Length)];
        var scores = Scores(setting.Layout);
        foreach (var off in new[] { Granularity.AttentionBlock, Granularity.AttentionNeuron, Granularity.MlpBlock, Granularity.MlpOutput })
        {
            scores.AsSpan(setting.Layout.Span(off)).Fill(double.PositiveInfinity);
        }

        trainer.Gradient(scores, batch, 0.5, 0.4);
        var gradient = trainer.ScoreGradient.ToArray();
        foreach (var position in setting.Layout.Granularities.SelectMany(granularity => Sample(setting.Layout, granularity)))
        {
            double LossAt(double moved)
            {
                var changed = scores.ToArray();
                changed[position] += moved;
                return trainer.Gradient(changed, batch, 0.5, 0.4);
            }

            gradient[position].ShouldBe((LossAt(Step) - LossAt(-Step)) / (2 * Step), 2e-6, setting.Layout[position].ToString());
        }
    }

    [Fact]
    public void Sizes_are_drawn_above_what_is_always_open()
    {
        using var setting = new TrainingSetting("llama-gqa");
        var steps = new List<TrainingProgress>();
        setting.Trainer(Short, Granularity.Head).Train(new Observer<TrainingProgress>(steps.Add));
        var gates = Enumerable.Range(0, setting.Layout.Count).Select(i => setting.Layout[i].Granularity == Granularity.Head ? 0.0 : 1.0).ToArray();

        steps.ShouldAllBe(step => step.Size > new SizeAccount(setting.Layout).Fraction(gates));
    }

    [Fact]
    public void The_loss_is_the_mean_over_all_pairs_whatever_their_lengths()
    {
        using var scope = NewDisposeScope();
        using var setting = new TrainingSetting("gpt2");
        var scores = Scores(setting.Layout);
        var gates = new double[scores.Length];
        BudgetThreshold.Find(new GateFunction(0.3, Short.Stretch), new SizeAccount(setting.Layout), scores, 0.4, gates);
        using var ablation = new CounterfactualAblation(setting.Model);
        var preparation = new PairPreparation(setting.Model, ablation);
        var expected = setting.Pairs.Average(pair =>
        {
            var alone = preparation.Prepare([pair]);
            return PlainEngine.Divergences(alone.FullLogProbabilities, setting.Engine.AnswerLogits(alone, gates)).item<double>();
        });

        setting.Trainer(Short).Gradient(scores, [.. Enumerable.Range(0, setting.Pairs.Length)], 0.4, 0.3).ShouldBe(expected, 1e-12);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        using var setting = new TrainingSetting("llama-gqa");
        double[] Train(int seed) => setting.Trainer(Short with { Seed = seed }).Train().Scores.ToArray();

        var first = Train(3);
        Train(3).ShouldBe(first);
        Train(4).ShouldNotBe(first);
    }

    [Fact]
    public void Training_makes_small_circuits_more_faithful()
    {
        using var setting = new TrainingSetting("llama-gqa");
        double Kl(RankingOptions options) =>
            setting.Runner.Measure([setting.Trainer(options).Train().AtSize(0.5)], setting.Pairs)[0].Average(pair => pair.Kl);

        Kl(Short with { Steps = 150, BatchSize = 8 }).ShouldBeLessThan(0.6 * Kl(Short with { Steps = 1 }));
    }

    [Fact]
    public void Steps_leave_no_tensor_behind()
    {
        using var setting = new TrainingSetting("llama-biases");
        LiveTensors.Settle();
        var live = new Dictionary<int, long>();
        setting.Trainer(Short with { Steps = 100 }).Train(new Observer<TrainingProgress>(progress => live[progress.Step] = LiveTensors.Count));

        live[100].ShouldBe(live[10]);
        live[10].ShouldBe(live[1]);
    }

    [Fact]
    public void Every_step_is_reported_with_its_size_and_temperature()
    {
        using var setting = new TrainingSetting("llama-gqa");
        var steps = new List<TrainingProgress>();
        setting.Trainer(Short).Train(new Observer<TrainingProgress>(steps.Add));

        steps.Select(progress => progress.Step).ShouldBe(Enumerable.Range(1, 12));
        steps.ShouldAllBe(progress => progress.Steps == 12 && progress.Size >= 0.05 && progress.Size <= 1 && progress.Kl > 0);
        steps.Select(progress => progress.Size).Distinct().Count().ShouldBe(12);
        (steps[0].Temperature, steps[^1].Temperature).ShouldBe((0.5, 0.05));
        steps.Select(progress => progress.Elapsed).ShouldBeInOrder();
    }

    [Fact]
    public void The_time_left_follows_from_the_mean_so_far() =>
        new TrainingProgress(100, 400, 0, 0, 0, TimeSpan.FromSeconds(20)).Remaining.ShouldBe(TimeSpan.FromSeconds(60));

    [Fact]
    public void Cancellation_ends_between_two_steps()
    {
        using var setting = new TrainingSetting("llama-gqa");
        using var source = new CancellationTokenSource();
        var last = 0;
        var observer = new Observer<TrainingProgress>(progress =>
        {
            last = progress.Step;
            if (last == 3)
            {
                source.Cancel();
            }
        });

        Should.Throw<OperationCanceledException>(() => setting.Trainer(Short).Train(observer, cancellation: source.Token));
        last.ShouldBe(3);
    }

    private static double[] Scores(GateLayout layout) => Array.ConvertAll(RandomGates.Fixed(layout.Count, seed: 6), draw => 2 * draw);

    /// <summary>Four nodes of a granularity, or all where there are fewer.</summary>
    private static IEnumerable<int> Sample(GateLayout layout, Granularity granularity)
    {
        var (first, count) = layout.Span(granularity).GetOffsetAndLength(layout.Count);
        return Enumerable.Range(0, 4).Select(i => first + (i * (count - 1) / 3)).Distinct();
    }
}
