using Nodal.Cli.Output;
using Nodal.Discovery;
using Nodal.Runs;

namespace Nodal.EndToEnd.Output;

public sealed class ProgressLinesTests
{
    [Fact]
    public void In_a_file_there_is_a_line_at_the_start_every_five_seconds_and_at_the_end()
    {
        var clock = new SetClock();
        var lines = Report(clock, everyStep: false);

        lines.Length.ShouldBe(4);
        lines[0].ShouldBe("step 1/12   KL 0.500   sampled size 0.250   0:11 left");
        lines[1].ShouldStartWith("step 6/12");
        lines[2].ShouldStartWith("step 11/12");
        lines[3].ShouldStartWith("step 12/12");
    }

    [Fact]
    public void The_published_method_shows_expected_size_and_penalty() => ConsoleText.Of(console =>
    {
        using var progress = new ProgressLines(console, TimeProvider.System, everyStep: true);
        progress.Report(new RunProgress(RunPhase.Training, "", new TrainingProgress(3, 12, 0.5, 0.25, Temperature: null, TimeSpan.FromSeconds(3)) { Penalty = 0.75 }));
    }).ShouldBe("step 3/12   KL 0.500   expected size 0.250   penalty 0.750   0:09 left\n");

    [Fact]
    public void Verbose_shows_every_step() => Report(new SetClock(), everyStep: true).Length.ShouldBe(12);

    [Fact]
    public void Phases_are_sentences() => ConsoleText.Of(console =>
    {
        using var progress = new ProgressLines(console, TimeProvider.System, everyStep: false);
        progress.Report(new RunProgress(RunPhase.LoadingModel, "stories260K"));
        progress.Report(new RunProgress(RunPhase.Refining, "at most 400 runs"));
        progress.Report(new RunProgress(RunPhase.Refining, Round: new RefinementProgress(28, 400, 0.15, 30142)));
        progress.Report(new RunProgress(RunPhase.Evaluating, "60 test pairs"));
    }).ShouldBe("loading the model stories260K\nrefining the circuit, at most 400 runs\nrefining, run 28/400   KL 0.150   30,142 parameters\nmeasuring on 60 test pairs\n");

    private static string[] Report(SetClock clock, bool everyStep) => ConsoleText.Of(console =>
    {
        using var progress = new ProgressLines(console, clock, everyStep);
        for (var step = 1; step <= 12; step++)
        {
            clock.Now += TimeSpan.FromSeconds(1);
            progress.Report(new RunProgress(RunPhase.Training, "", new TrainingProgress(step, 12, 0.5, 0.25, 0.1, TimeSpan.FromSeconds(step))));
        }
    }).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private sealed class SetClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
