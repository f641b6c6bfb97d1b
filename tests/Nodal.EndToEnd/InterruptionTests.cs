namespace Nodal.EndToEnd;

public sealed class InterruptionTests
{
    private static readonly string[] Settings = ["--pairs", "16", "--batch", "4", "--keep", "0.2", "--sizes", "0.5", "--threads", "1"];

    [Fact]
    public void Ctrl_c_ends_a_run_with_the_command_that_goes_on_with_it()
    {
        using var folder = new TemporaryFolder();
        NodalTool.RunIn(folder.Path, ["discover", "--steps", "60", .. Settings, "--out", "whole", "--quiet"]).Successful();

        var output = Interrupt("step 2/", folder.Path, ["discover", "--steps", "60", .. Settings, "--out", "some run", "--verbose"]);

        output.ShouldFail(130, "nodal: interrupted.", "To go on with it: nodal discover --resume 'some run'");
        output.Error.Split('\n').Count(line => line.StartsWith("nodal: ", StringComparison.Ordinal)).ShouldBe(1);
        var resumed = NodalTool.RunIn(folder.Path, "discover", "--resume", "some run").Successful();
        resumed.Error.ShouldMatch(@"resuming: after step \d+ of 60");
        RunBits.ShouldBeSame(folder["some run"], folder["whole"]);
        NodalTool.RunIn(folder.Path, "discover", "--resume", "some run").Successful().Error.ShouldContain("resuming: some run is finished, nothing is left to do");
    }

    [Fact]
    public void Ctrl_c_before_there_is_anything_to_go_on_with_leaves_nothing()
    {
        using var folder = new TemporaryFolder();

        // So many pairs that reading them takes longer than the signal's way.
        var pairs = folder.Write("pairs.jsonl", [.. Enumerable.Repeat(File.ReadAllLines(Repository.Asset("gp_pairs.jsonl")), 40).SelectMany(lines => lines)]);

        var output = Interrupt("making the pairs", folder.Path, ["discover", "--task", pairs]);

        output.ShouldFail(130, "nodal: interrupted; nothing unfinished was left behind.");
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBe([pairs]);
    }

    [Fact]
    public void A_run_that_another_process_is_at_work_on_is_not_resumed()
    {
        using var folder = new TemporaryFolder();
        ToolOutput? second = null;
        var output = NodalTool.InterruptAt("step 2/", folder.Path, () => second = NodalTool.RunIn(folder.Path, "discover", "--resume", "run"), ["discover", "--steps", "1000000", .. Settings, "--out", "run", "--verbose"]);

        second.ShouldNotBeNull().ShouldFail(1, "run is in use: found another process at work on it");
        output.ShouldFail(130, "interrupted");
    }

    [Fact]
    public void A_full_disk_leaves_a_run_that_goes_on_where_there_is_room()
    {
        using var folder = new TemporaryFolder();
        string[] discover = ["discover", "--steps", "5", .. Settings, "--checkpoint", "0"];
        NodalTool.RunIn(folder.Path, [.. discover, "--out", "whole", "--quiet"]).Successful();
        Directory.CreateDirectory(folder["small"]);

        var output = NodalTool.RunOnSmallDisk(folder["small"], folder["copy"], [.. discover, "--out", Path.Combine(folder["small"], "run")]);

        output.ShouldFail(1, "was not written: found No space left on device", "; expected a folder that can be written to, on a disk with room", "nodal discover --resume ");
        NodalTool.RunIn(folder["copy"], "discover", "--resume", "run").Successful();
        RunBits.ShouldBeSame(Path.Combine(folder["copy"], "run"), folder["whole"]);
    }

    [Fact]
    public void A_limit_of_file_size_is_reported_like_a_full_disk()
    {
        using var folder = new TemporaryFolder();
        string[] discover = ["discover", "--steps", "5", .. Settings, "--checkpoint", "0"];
        NodalTool.RunIn(folder.Path, [.. discover, "--out", "whole", "--quiet"]).Successful();

        var output = NodalTool.RunWithFilesUpTo(8, folder.Path, [.. discover, "--out", "run"]);

        output.ShouldFail(1, "training.safetensors was not written: found a file larger than the system allows; expected", "nodal discover --resume run");
        NodalTool.RunIn(folder.Path, "discover", "--resume", "run").Successful();
        RunBits.ShouldBeSame(folder["run"], folder["whole"]);
    }

    private static ToolOutput Interrupt(string text, string folder, string[] arguments) => NodalTool.InterruptAt(text, folder, () => { }, arguments);
}
