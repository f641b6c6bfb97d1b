using Nodal.Discovery;
using Nodal.Gates;
using Nodal.Runtime;

namespace Nodal.Tests.Discovery;

public sealed class PaperOptionsTests
{
    [Fact]
    public void The_defaults_are_the_published_constants_and_can_work()
    {
        var options = new PaperOptions();
        options.Validate();
        (options.Temperature, options.StretchLow, options.StretchHigh, options.NoiseEdge).ShouldBe((2.0 / 3, -0.1, 1.1, 1e-8));
        (options.InitialLow, options.InitialHigh).ShouldBe((2.5, 3.5));
        (options.Lambda, options.WarmupSteps, options.DepthScaling, options.Summed).ShouldBe((0.95, 1000, 0, false));
        (options.EndLearningRate, options.WeightDecay, options.GradientNorm).ShouldBe((1e-4, 0.01, 1));
        (options.Beta1, options.Beta2, options.Epsilon).ShouldBe((0.9, 0.999, 1e-8));
        GateLayout.All.Select(granularity => options.Weights[granularity]).ShouldBe([1, 1, 1, 2, 1, 1]);
        GateLayout.All.Select(granularity => GranularityWeights.OlderLlama[granularity]).ShouldBe([0.5, 0.8, 0.15, 0.5, 1, 1]);
    }

    [Theory]
    [InlineData("ioi", 500, 32, 0.03, 4.0, false)]
    [InlineData("gp", 500, 64, 0.3, 0.1, false)]
    [InlineData("gt", 250, 16, 0.05, null, true)]
    [InlineData("docstring", 500, 32, 0.03, 0.1, false)]
    [InlineData("/data/pairs.jsonl", 500, 32, 0.03, 0.1, false)]
    public void Each_task_has_its_published_settings(string task, int epochs, int batch, double rate, double? margin, bool amongChoices)
    {
        var resolved = new PaperOptions().Resolved(PaperPreset.For(task), pairs: batch * 3);
        (resolved.Epochs, resolved.BatchSize, resolved.LearningRate, resolved.Margin, resolved.AmongChoices).ShouldBe((epochs, batch, rate, margin, amongChoices));
        resolved.Steps.ShouldBe(epochs * 3);
    }

    // 200 pairs in batches of 64 are 4 steps an epoch, the last of 8 pairs.
    [Theory]
    [InlineData(null, null, 500, 2000)]
    [InlineData(3, null, 3, 12)]
    [InlineData(null, 9, 3, 9)]
    [InlineData(3, 9, 3, 9)]
    public void Epochs_follow_from_steps_and_steps_from_epochs(int? epochs, int? steps, int expectedEpochs, int expectedSteps)
    {
        var resolved = new PaperOptions { Epochs = epochs, Steps = steps }.Resolved(PaperPreset.For("gp"), pairs: 200);
        (resolved.Epochs, resolved.Steps).ShouldBe((expectedEpochs, expectedSteps));
        resolved.Resolved(PaperPreset.For("gp"), pairs: 200).ShouldBe(resolved);
    }

    [Fact]
    public void Epochs_and_steps_that_contradict_each_other_are_refused() =>
        Should.Throw<NodalException>(() => new PaperOptions { Epochs = 2, Steps = 9 }.Resolved(PaperPreset.For("gp"), pairs: 200))
            .Message.ShouldContain("found 2 epochs of 4 steps, and 9 steps");

    [Fact]
    public void What_is_given_is_not_replaced()
    {
        var options = new PaperOptions { BatchSize = 7, LearningRate = 0.5, Margin = 2, AmongChoices = false };
        var resolved = options.Resolved(PaperPreset.For("gt"), pairs: 14);
        (resolved.BatchSize, resolved.LearningRate, resolved.Margin, resolved.AmongChoices, resolved.Steps).ShouldBe((7, 0.5, 2, false, 500));
    }

    [Fact]
    public void The_margin_term_can_be_left_out_whatever_the_task_has()
    {
        var resolved = new PaperOptions { NoMargin = true }.Resolved(PaperPreset.For("ioi"), pairs: 32);
        resolved.Margin.ShouldBeNull();
        PaperTrainer.LossOf(resolved).MarginWeight.ShouldBe(0);
        resolved.Resolved(PaperPreset.For("ioi"), pairs: 32).ShouldBe(resolved);
        Should.Throw<NodalException>(new PaperOptions { NoMargin = true, Margin = 1 }.Validate).Message.ShouldContain("margin 1 (none, where no margin term is asked for)");
    }

    [Fact]
    public void The_loss_has_the_weights_of_the_paper()
    {
        var margin = PaperTrainer.LossOf(new PaperOptions { Margin = 4, Lambda = 0.75 });
        (margin.KlWeight, margin.MarginWeight, margin.Margin, margin.AmongChoices, margin.LogitDifferenceWeight).ShouldBe((0.25, 0.25, 4, false, 0));

        var choices = PaperTrainer.LossOf(new PaperOptions { AmongChoices = true, Lambda = 0.75 });
        (choices.KlWeight, choices.MarginWeight, choices.AmongChoices).ShouldBe((0.25, 0, true));
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var options = new PaperOptions
        {
            Epochs = 0, Steps = 0, BatchSize = 0, LearningRate = 0, EndLearningRate = -1, WeightDecay = 1, GradientNorm = 0, Lambda = 1.5, Margin = double.NaN, WarmupSteps = -1,
            DepthScaling = -1, Weights = new GranularityWeights { Head = -1 }, Temperature = 0, StretchLow = 0.1, NoiseEdge = 0, InitialLow = 4, CheckpointSeconds = -1,
        };
        var fault = Should.Throw<NodalException>(options.Validate);
        fault.Kind.ShouldBe(FaultKind.Usage);
        string[] parts =
        [
            "epochs 0", "steps 0", "batch size 0", "learning rate 0 ", "last learning rate -1", "weight decay 1", "gradient norm 0", "lambda 1.5", "margin NaN", "warm-up -1", "depth scaling -1",
            "weight of Head -1", "temperature 0", "stretch 0.1 to 1.1", "edge of the noise 0", "first scores 4 to 3.5", "checkpoint every -1 s",
        ];
        foreach (var part in parts)
        {
            fault.Message.ShouldContain(part);
        }
    }
}
