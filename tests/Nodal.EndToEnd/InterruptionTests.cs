namespace Nodal.EndToEnd;

public sealed class InterruptionTests
{
    [Fact]
    public void Ctrl_c_ends_a_run_with_one_sentence_and_leaves_nothing()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("skipped: Windows has no signal to send");
        }

        using var folder = new TemporaryFolder();

        var output = NodalTool.InterruptAt("step ", folder.Path, "discover", "--steps", "1000000", "--pairs", "40");

        output.ShouldFail(130, "interrupted");
        output.Error.Split('\n').Count(line => line.StartsWith("nodal: ", StringComparison.Ordinal)).ShouldBe(1);
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
    }
}
