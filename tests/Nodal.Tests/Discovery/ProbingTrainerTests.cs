using Nodal.Discovery;
using Nodal.Gates;

namespace Nodal.Tests.Discovery;

public sealed class ProbingTrainerTests
{
    private static readonly ProbingOptions Short = new() { Steps = 8, BatchSize = 4, Seed = 2, Lambda = 3 };

    [Theory]
    [InlineData("llama-gqa")]
    [InlineData("gpt2")]
    public void The_gradient_equals_finite_differences_of_the_whole_loss(string model)
    {
        const double Step = 1e-5;
        using var setting = new TrainingSetting(model);
        var trainer = Trainer(setting);
        int[] batch = [.. Enumerable.Range(0, setting.Pairs.Length)];
        var random = new Random(3);
        double[] Draw(double low, double high) => [.. Enumerable.Range(0, setting.Layout.Count).Select(_ => low + ((high - low) * random.NextDouble()))];
        var (logAlpha, noise) = (Draw(-0.5, 0.5), Draw(0.35, 0.65));
        trainer.Gradient(logAlpha, batch, step: 4, noise);
        var gradient = trainer.LogAlphaGradient.ToArray();

        foreach (var node in MethodNodes.HeadsAndMlps.SelectMany(granularity => Enumerable.Range(setting.Layout.Offset(granularity), setting.Layout.PerLayer(granularity))))
        {
            double LossAt(double moved)
            {
                double[] changed = [.. logAlpha];
                changed[node] += moved;
                var (kl, penalty) = trainer.Gradient(changed, batch, step: 4, noise);
                return kl + (Short.LambdaAt(4) * penalty);
            }

            gradient[node].ShouldBe((LossAt(Step) - LossAt(-Step)) / (2 * Step), 1e-6, setting.Layout[node].ToString());
        }

        gradient.Count(value => value != 0).ShouldBe(setting.Layout.Config.Layers * (setting.Layout.Config.Heads + 1));
    }

    [Fact]
    public void Lambda_waits_a_quarter_of_the_steps_and_is_reached_at_three_quarters()
    {
        var options = new ProbingOptions { Steps = 100, Lambda = 2 };

        new[] { 0, 25, 50, 75, 99 }.Select(options.LambdaAt).ShouldBe([0, 0, 1, 2, 2], 1e-12);
    }

    [Fact]
    public void A_heavy_penalty_closes_more_than_none()
    {
        using var setting = new TrainingSetting("llama-gqa");
        double Mean(double lambda) => Trainer(setting, Short with { Steps = 40, Lambda = lambda }).Train().Scores.ToArray().Where(double.IsFinite).Average();

        Mean(20).ShouldBeLessThan(Mean(0) - 0.5);
    }

    [Fact]
    public void Training_that_was_stopped_ends_with_the_same_bits()
    {
        using var setting = new TrainingSetting("gpt2");
        var whole = Trainer(setting).Train();
        TrainingState? kept = null;
        Trainer(setting, Short with { CheckpointSeconds = 0 }).Train(save: state => kept = state.Steps == 3 ? state : kept);

        kept!.Steps.ShouldBe(3);
        Trainer(setting).Train(from: kept).Scores.ToArray().ShouldBe(whole.Scores.ToArray());
    }

    [Fact]
    public void Values_that_cannot_work_are_refused_together() =>
        Should.Throw<Nodal.Runtime.NodalException>(() => new ProbingOptions { Steps = 0, Lambda = -1, StretchLow = 0.1 }.Validate()).Message
            .ShouldSatisfyAllConditions(text => text.ShouldContain("steps 0"), text => text.ShouldContain("lambda -1"), text => text.ShouldContain("stretch 0.1"));

    private static ProbingTrainer Trainer(TrainingSetting setting, ProbingOptions? options = null) =>
        new(setting.Layout, setting.Loss, options ?? Short, TimeProvider.System, [Granularity.Head, Granularity.MlpBlock]);
}
