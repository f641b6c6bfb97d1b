using Nodal.Discovery;
using Nodal.Runtime;

namespace Nodal.Tests.Discovery;

public sealed class TrainingLoopTests
{
    [Theory]
    [InlineData(double.NaN, 0.0, 0.0, "KL NaN")]
    [InlineData(double.PositiveInfinity, 0.0, 0.0, "KL Infinity")]
    [InlineData(1.0, double.NaN, 0.0, "penalty NaN")]
    [InlineData(1.0, 0.0, double.NaN, "a score that is no number")]
    public void A_step_that_breaks_down_ends_the_training_and_is_not_kept(double kl, double penalty, double score, string found)
    {
        var (scores, kept) = (new[] { double.PositiveInfinity, 0.5 }, new List<int>());
        TrainingProgress Take(int step)
        {
            var broken = step == 3;
            scores[1] = broken ? score : 0.5;
            return new TrainingProgress(step + 1, 9, broken ? kl : 1, 0.5, Temperature: null, TimeSpan.Zero) { Penalty = broken ? penalty : null };
        }

        void Run() => new TrainingLoop(9, checkpointSeconds: 0, TimeProvider.System).Run(scores, new Adam(2), from: null, Take, progress: null, state => kept.Add(state.Steps), CancellationToken.None);

        Should.Throw<NodalException>(Run).Message.ShouldBe($"training broke down at step 4 of 9: found {found}; expected finite numbers. Give a smaller --rate.");
        kept.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Where_it_breaks_down_at_once_the_model_may_be_the_cause()
    {
        void Run() => new TrainingLoop(9, checkpointSeconds: 0, TimeProvider.System).Run(
            [0.5], new Adam(1), from: null, _ => new TrainingProgress(1, 9, double.NaN, 0.5, Temperature: null, TimeSpan.Zero), progress: null, save: null, CancellationToken.None);

        Should.Throw<NodalException>(Run).Message.ShouldEndWith("Check the model with nodal model verify.");
    }
}
