using Nodal.Circuits;
using Nodal.Discovery;
using Nodal.Gates;
using Nodal.Patching;
using Nodal.Patching.Fast;
using Nodal.Tests.Gates;
using Nodal.Tests.Patching.Fast;
using static TorchSharp.torch;

namespace Nodal.Tests.Discovery;

public sealed class PaperTrainerTests
{
    private static readonly PaperOptions Short = new() { Epochs = 4, Steps = 12, BatchSize = 3, LearningRate = 0.3, Lambda = 0.5, WarmupSteps = 6, Seed = 3 };

    [Theory]
    [InlineData("llama-gqa")]
    [InlineData("gpt2")]
    public void The_gradient_is_that_of_the_gates_times_the_slope_of_the_value_plus_that_of_the_penalty(string model)
    {
        const double Step = 1e-5;
        using var scope = NewDisposeScope();
        using var setting = new TrainingSetting(model);
        var trainer = Trainer(setting, Short);
        int[] batch = [.. Enumerable.Range(0, setting.Pairs.Length)];
        var (logAlpha, noise) = (LogAlpha(setting.Layout), trainer.Noise(step: 2));
        trainer.Gradient(logAlpha, batch, step: 2, noise);
        var gradient = trainer.LogAlphaGradient.ToArray();
        var values = Array.ConvertAll(Enumerable.Range(0, noise.Length).ToArray(), i => Short.Gate.Value(logAlpha[i], noise[i]));
        var (penalty, unused) = (new PaperPenalty(setting.Layout, Short), new double[noise.Length]);

        for (var position = 0; position < noise.Length; position += 7)
        {
            double Kl(double moved)
            {
                var gates = Array.ConvertAll(values, value => value > 0.5 ? 1.0 : 0.0);
                gates[position] += moved;
                return setting.Loss.Step(batch, GateValues.AllLive(gates), new double[gates.Length]);
            }

            double[] Moved(double by) => [.. logAlpha.Select((value, i) => i == position ? value + by : value)];
            double Slope(Func<double, double> function) => (function(Step) - function(-Step)) / (2 * Step);
            var clamped = values[position] is 0 or 1;
            var through = clamped ? 0 : Slope(by => Short.Gate.Value(logAlpha[position] + by, noise[position]));
            var expected = Slope(Kl) * through + Short.Lambda * Slope(by => penalty.Of(Moved(by), 2, unused));
            gradient[position].ShouldBe(expected, 1e-7, setting.Layout[position].ToString());
        }

        values.Count(value => value == 0).ShouldBePositive();
        values.Count(value => value is > 0 and <= 0.5).ShouldBePositive("a gate that is 0 forward but has a gradient");
    }

    [Fact]
    public void Only_the_granularities_that_are_on_are_trained_and_cost()
    {
        using var setting = new TrainingSetting("llama-gqa", wholeLayout: true);
        Granularity[] trained = [Granularity.Head, Granularity.Layer];
        var ranking = new PaperTrainer(setting.Layout, setting.Loss, Short, TimeProvider.System, trained).Train();
        var gradient = new double[setting.Layout.Count];
        new PaperPenalty(setting.Layout, Short, trained).Of(ranking.Scores, step: 9, gradient);

        for (var i = 0; i < gradient.Length; i++)
        {
            var on = trained.Contains(setting.Layout[i].Granularity);
            double.IsFinite(ranking.Scores[i]).ShouldBe(on, setting.Layout[i].ToString());
            (gradient[i] > 0).ShouldBe(on, setting.Layout[i].ToString());
        }
    }

    [Theory]
    [InlineData("llama-gqa")]
    [InlineData("llama-biases")]
    [InlineData("gpt2")]
    public void Fast_and_plain_engine_give_the_same_straight_through_gradient(string model)
    {
        using var setting = new FastSetting(model);
        using var fast = setting.Fast<Float32Element>();
        var (one, other) = (new PaperTrainer(setting.Layout, setting.Plain, Short, TimeProvider.System), new PaperTrainer(setting.Layout, fast, Short, TimeProvider.System));
        var (logAlpha, noise) = (LogAlpha(setting.Layout), one.Noise(step: 0));

        var expected = one.Gradient(logAlpha, setting.Everything, step: 0, noise);
        var actual = other.Gradient(logAlpha, setting.Everything, step: 0, noise);

        actual.Kl.ShouldBe(expected.Kl, 1e-4 * expected.Kl);
        var tolerance = 1e-4 * Largest(one.LogAlphaGradient);
        for (var i = 0; i < noise.Length; i++)
        {
            other.LogAlphaGradient[i].ShouldBe(one.LogAlphaGradient[i], tolerance, setting.Layout[i].ToString());
        }
    }

    [Fact]
    public void Leaving_out_gates_clamped_to_zero_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var setting = new TrainingSetting("llama-gqa");
        var trainer = Trainer(setting, Short with { Lambda = 0 });
        var (logAlpha, noise) = (LogAlpha(setting.Layout), trainer.Noise(step: 5));
        int[] batch = [0, 1, 6];
        var kl = trainer.Gradient(logAlpha, batch, step: 5, noise).Kl;

        var (gates, live, slopes, all) = (new double[noise.Length], new bool[noise.Length], new double[noise.Length], new double[noise.Length]);
        Short.Gate.Draw(logAlpha, noise, gates, live, slopes);
        setting.Loss.Step(batch, GateValues.AllLive(gates), all).ShouldBe(kl, 1e-12);
        for (var i = 0; i < all.Length; i++)
        {
            trainer.LogAlphaGradient[i].ShouldBe(all[i] * slopes[i], 1e-12);
        }

        live.ShouldContain(false);
    }

    [Fact]
    public void First_scores_and_noise_are_uniform_and_of_the_seed()
    {
        using var setting = new TrainingSetting("llama-gqa");
        var trainer = Trainer(setting, Short);
        trainer.InitialLogAlpha().ShouldAllBe(value => value >= 2.5 && value <= 3.5);
        trainer.InitialLogAlpha().Average().ShouldBe(3, 0.1);
        (trainer.InitialLogAlpha().Min() < 2.55, trainer.InitialLogAlpha().Max() > 3.45).ShouldBe((true, true));
        trainer.Noise(0).ShouldAllBe(value => value >= 1e-8 && value <= 1 - 1e-8);
        trainer.Noise(0).Average().ShouldBe(0.5, 0.1);
        (trainer.Noise(0).Min() < 0.05, trainer.Noise(0).Max() > 0.95).ShouldBe((true, true));
        trainer.Noise(0).ShouldNotBe(trainer.Noise(1));
        Trainer(setting, Short).InitialLogAlpha().ShouldBe(trainer.InitialLogAlpha());
        Trainer(setting, Short with { Seed = 4 }).InitialLogAlpha().ShouldNotBe(trainer.InitialLogAlpha());
    }

    // PyTorch's order: clip_grad_norm_, AdamW's decay and step at the rate of the epoch, three steps each.
    [Fact]
    public void Steps_are_clipped_decay_and_follow_the_cosine_from_epoch_to_epoch()
    {
        var options = Short with { Epochs = 2, Steps = 5, GradientNorm = 0.02, WeightDecay = 0.05, Beta1 = 0.8, Beta2 = 0.99, Epsilon = 1e-4 };
        using var setting = new TrainingSetting("llama-gqa");
        var trainer = Trainer(setting, options);
        var batches = new EpochBatches(setting.Pairs.Length, 3, options.Seed);
        EpochBatches.PerEpoch(setting.Pairs.Length, 3).ShouldBe(3);
        var expected = trainer.InitialLogAlpha();
        var (mean, square) = (new double[expected.Length], new double[expected.Length]);
        var clipped = 0;
        for (var step = 0; step < 5; step++)
        {
            trainer.Gradient(expected, batches.Of(step), step, trainer.Noise(step));
            var gradient = trainer.LogAlphaGradient.ToArray();
            var norm = Math.Sqrt(gradient.Sum(slope => slope * slope));
            clipped += norm > 0.02 ? 1 : 0;
            var factor = Math.Min(1, 0.02 / (norm + 1e-6));
            var rate = step < 3 ? 0.3 : 1e-4 + ((0.3 - 1e-4) / 2);   // cos 0 and cos π/2
            for (var i = 0; i < expected.Length; i++)
            {
                var slope = factor * gradient[i];
                mean[i] = (0.8 * mean[i]) + (0.2 * slope);
                square[i] = (0.99 * square[i]) + (0.01 * slope * slope);
                var (corrected, spread) = (mean[i] / (1 - Math.Pow(0.8, step + 1)), Math.Sqrt(square[i] / (1 - Math.Pow(0.99, step + 1))));
                expected[i] = (expected[i] * (1 - (rate * 0.05))) - (rate * corrected / (spread + 1e-4));
            }
        }

        var actual = Trainer(setting, options).Train().Scores;
        clipped.ShouldBePositive();
        for (var i = 0; i < expected.Length; i++)
        {
            actual[i].ShouldBe(expected[i], 1e-9, setting.Layout[i].ToString());
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        using var setting = new TrainingSetting("llama-gqa");
        double[] Train(int seed) => Trainer(setting, Short with { Seed = seed }).Train().Scores.ToArray();

        var first = Train(3);
        Train(3).ShouldBe(first);
        Train(4).ShouldNotBe(first);
    }

    [Fact]
    public void Training_closes_nodes_and_keeps_those_the_behaviour_needs()
    {
        using var setting = new TrainingSetting("llama-gqa");
        var options = Short with { Epochs = 100, Steps = 300, WarmupSteps = 50, Lambda = 0.8 };
        var steps = new List<TrainingProgress>();
        var ranking = Trainer(setting, options).Train(new Observer<TrainingProgress>(steps.Add));
        var (account, found) = (new SizeAccount(setting.Layout), ranking.Above(0));
        var size = account.Fraction(found.Gates());

        steps.Select(progress => progress.Step).ShouldBe(Enumerable.Range(1, 300));
        steps.ShouldAllBe(progress => progress.Steps == 300 && progress.Temperature == null && progress.Penalty >= 0);
        steps[0].Size.ShouldBeGreaterThan(0.5);
        size.ShouldBeInRange(0.02, 0.9);
        steps[^1].Size.ShouldBe(size, 0.25);
        Kl(setting, found).ShouldBeLessThan(Kl(setting, new Ranking(setting.Layout, RandomGates.Fixed(setting.Layout.Count, seed: 1)).AtSize(size)));
    }

    [Fact]
    public void A_summed_penalty_closes_more()
    {
        using var setting = new TrainingSetting("llama-gqa");
        var account = new SizeAccount(setting.Layout);
        double Size(bool summed) =>
            account.Fraction(Trainer(setting, Short with { Epochs = 50, Steps = 150, WarmupSteps = 50, Lambda = 0.8, Summed = summed }).Train().Above(0).Gates());

        Size(summed: true).ShouldBeLessThan(0.8 * Size(summed: false));
    }

    private static PaperTrainer Trainer(TrainingSetting setting, PaperOptions options) => new(setting.Layout, setting.Loss, options, TimeProvider.System);

    private static double Kl(TrainingSetting setting, NodeSet circuit) => setting.Runner.Measure([circuit], setting.Pairs)[0].Average(pair => pair.Kl);

    /// <summary>From −2.8 to 2.8, so that every kind of draw comes up; the blocks open.</summary>
    private static double[] LogAlpha(GateLayout layout)
    {
        var logAlpha = Array.ConvertAll(RandomGates.Fixed(layout.Count, seed: 6), draw => (6 * draw) - 3);
        logAlpha.AsSpan(layout.Span(Granularity.AttentionBlock)).Fill(2);
        logAlpha.AsSpan(layout.Span(Granularity.MlpBlock)).Fill(2);
        return logAlpha;
    }

    private static double Largest(ReadOnlySpan<double> values)
    {
        var largest = 0.0;
        foreach (var value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }
}
