using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Nodal.EndToEnd;

public sealed partial class KillTests(ITestOutputHelper log)
{
    private const int Kills = 20;

    /// <summary>A checkpoint after every step: training is a second, and kills must find some.</summary>
    private static readonly string[] Settings =
        ["--steps", "20", "--pairs", "16", "--batch", "4", "--budget", "1", "--sizes", "0.5", "--threads", "2", "--seed", "2", "--checkpoint", "0"];

    [Fact]
    public void A_run_killed_at_any_moment_and_resumed_ends_with_the_bits_of_one_that_was_not()
    {
        using var folder = new TemporaryFolder();
        NodalTool.RunIn(folder.Path, ["discover", .. Settings, "--out", "warm", "--quiet"]).Successful();
        var time = Stopwatch.StartNew();
        NodalTool.RunIn(folder.Path, ["discover", .. Settings, "--out", "whole", "--quiet"]).Successful();
        time.Stop();

        var moments = new Random(4);
        var (kills, inTraining) = (0, 0);
        for (var run = 0; kills < Kills; run++)
        {
            var path = folder[$"run{run}"];
            for (var ended = false; !ended;)
            {
                string[] command = CanResume(path) ? ["discover", "--resume", path] : ["discover", .. Settings, "--out", path];
                var moment = kills < Kills ? moments.NextDouble() * time.Elapsed : TimeSpan.FromMinutes(5);
                var (output, killed) = NodalTool.KillAfter(moment, folder.Path, command);
                inTraining += InTraining().Count(output.Error);
                kills += killed ? 1 : 0;
                ended = !killed;
                log.WriteLine($"run {run}, {moment.TotalSeconds:0.00} of {time.Elapsed.TotalSeconds:0.00} s: {(killed ? "killed" : "ended")} after '{output.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault()}'");
                if (ended)
                {
                    output.Successful();
                }
            }

            RunBits.ShouldBeSame(path, folder["whole"]);
        }

        inTraining.ShouldBeGreaterThan(0, "no run went on from the middle of its training, so this test shows little");
    }

    /// <summary>Whether a killed run has got as far as its configuration; if not, what there is of it is removed, as the tool says.</summary>
    private static bool CanResume(string run)
    {
        if (File.Exists(Path.Combine(run, "config.json")))
        {
            return true;
        }

        if (Directory.Exists(run))
        {
            NodalTool.Run("discover", "--resume", run).ShouldFail(1, "found a folder without config.json", "Delete it, and start again");
            Directory.Delete(run, recursive: true);
        }

        return false;
    }

    [GeneratedRegex(@"resuming: after step 1?\d of 20")]
    private static partial Regex InTraining();
}
