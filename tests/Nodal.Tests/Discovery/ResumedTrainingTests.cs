using System.Collections.Immutable;
using Nodal.Discovery;

namespace Nodal.Tests.Discovery;

public sealed class ResumedTrainingTests
{
    private static readonly RankingOptions Short = new() { Steps = 9, BatchSize = 4, MinimumSize = 0.05, Seed = 3, CheckpointSeconds = 0 };

    [Theory]
    [InlineData("llama-gqa")]
    [InlineData("gpt2")]
    public void Training_that_goes_on_from_any_step_ends_with_the_same_bits(string model)
    {
        using var setting = new TrainingSetting(model);
        var states = new List<TrainingState>();
        var whole = setting.Trainer(Short).Train(save: states.Add).Scores.ToArray();
        states.Select(state => state.Steps).ShouldBe(Enumerable.Range(1, 9));

        foreach (var state in states)
        {
            TrainingState? last = null;
            setting.Trainer(Short).Train(from: state, save: saved => last = saved).Scores.ToArray().ShouldBe(whole);
            Timeless(last ?? state).ShouldBe(Timeless(states[^1]));
        }
    }

    [Fact]
    public void The_published_method_too_goes_on_from_any_step()
    {
        using var setting = new TrainingSetting("llama-gqa");
        var options = new PaperOptions { Epochs = 3, Steps = 9, BatchSize = 3, LearningRate = 0.3, WarmupSteps = 4, Seed = 3, CheckpointSeconds = 0 };
        PaperTrainer Trainer() => new(setting.Layout, setting.Loss, options, TimeProvider.System);
        var states = new List<TrainingState>();
        var whole = Trainer().Train(save: states.Add).Scores.ToArray();
        states.Select(state => state.Steps).ShouldBe(Enumerable.Range(1, 9));

        foreach (var state in states)
        {
            TrainingState? last = null;
            Trainer().Train(from: state, save: saved => last = saved).Scores.ToArray().ShouldBe(whole);
            Timeless(last ?? state).ShouldBe(Timeless(states[^1]));
        }
    }

    [Fact]
    public void Checkpoints_change_no_bit()
    {
        using var setting = new TrainingSetting("llama-gqa");

        setting.Trainer(Short).Train(save: _ => { }).Scores.ToArray().ShouldBe(setting.Trainer(Short with { CheckpointSeconds = 1000 }).Train().Scores.ToArray());
    }

    [Fact]
    public void A_state_does_not_change_when_training_goes_on()
    {
        using var setting = new TrainingSetting("llama-gqa");
        TrainingState? first = null;
        double[] copy = [];
        setting.Trainer(Short).Train(save: state =>
        {
            first ??= state;
            copy = state.Steps == 1 ? [.. state.Scores, .. state.FirstMoment, .. state.SecondMoment] : copy;
        });

        double[] kept = [.. first!.Scores, .. first.FirstMoment, .. first.SecondMoment];
        kept.ShouldBe(copy);
        first.History.Length.ShouldBe(1);
    }

    [Fact]
    public void A_state_is_kept_as_often_as_asked_for_and_at_the_end()
    {
        using var setting = new TrainingSetting("llama-gqa");
        var time = new HandClock();
        var kept = new List<int>();
        var seconds = new Observer<TrainingProgress>(_ => time.Advance(TimeSpan.FromSeconds(10)));

        new RankingTrainer(setting.Layout, setting.Loss, Short with { CheckpointSeconds = 25 }, time).Train(seconds, save: state => kept.Add(state.Steps));

        kept.ShouldBe([3, 6, 9]);
    }

    [Fact]
    public void Cancellation_keeps_the_last_step()
    {
        using var setting = new TrainingSetting("llama-gqa");
        using var source = new CancellationTokenSource();
        var kept = new List<int>();
        var observer = new Observer<TrainingProgress>(progress =>
        {
            if (progress.Step == 4)
            {
                source.Cancel();
            }
        });

        Should.Throw<OperationCanceledException>(() => setting.Trainer(Short with { CheckpointSeconds = 1000 }).Train(observer, save: state => kept.Add(state.Steps), cancellation: source.Token));
        kept.ShouldBe([4]);
    }

    [Fact]
    public void Nothing_is_kept_where_there_is_nothing_new()
    {
        using var setting = new TrainingSetting("llama-gqa");
        var states = new List<TrainingState>();
        setting.Trainer(Short).Train(save: states.Add);
        var again = new List<TrainingState>();

        Should.Throw<OperationCanceledException>(() => setting.Trainer(Short).Train(save: again.Add, cancellation: new CancellationToken(canceled: true)));
        Should.Throw<OperationCanceledException>(() => setting.Trainer(Short).Train(from: states[2], save: again.Add, cancellation: new CancellationToken(canceled: true)));
        setting.Trainer(Short).Train(from: states[^1], save: again.Add);

        again.ShouldBeEmpty();
    }

    [Fact]
    public void Time_goes_on_where_it_stopped()
    {
        using var setting = new TrainingSetting("llama-gqa");
        var time = new HandClock();
        var states = new List<TrainingState>();
        var observer = new Observer<TrainingProgress>(_ => time.Advance(TimeSpan.FromSeconds(1)));
        RankingTrainer Trainer() => new(setting.Layout, setting.Loss, Short, time);
        Trainer().Train(observer, save: states.Add);
        var last = states[^1];
        last.Elapsed.ShouldBe(TimeSpan.FromSeconds(8));

        time.Advance(TimeSpan.FromHours(1));
        Trainer().Train(observer, states[3], state => last = state);

        last.Elapsed.ShouldBe(TimeSpan.FromSeconds(7), "three seconds before, four after, and nothing between");
    }

    /// <summary>The numbers of a state: all but the time of its steps.</summary>
    private static ImmutableArray<double> Timeless(TrainingState state) =>
        [.. state.Scores, .. state.FirstMoment, .. state.SecondMoment, .. state.History.SelectMany(step => new[] { step.Step, step.Steps, step.Kl, step.Size, step.Temperature ?? -1, step.Penalty ?? -1 })];

    /// <summary>A clock that stands still until it is moved.</summary>
    private sealed class HandClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
