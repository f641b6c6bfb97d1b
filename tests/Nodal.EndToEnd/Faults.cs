namespace Nodal.EndToEnd;

/// <summary>What a person must see when a command fails.</summary>
internal static class Faults
{
    /// <summary>The exit code, every expected part in one short text on stderr, nothing on stdout, no stack trace.</summary>
    public static void ShouldFail(this ToolOutput output, int exitCode, params string[] parts)
    {
        output.ExitCode.ShouldBe(exitCode, output.Error);
        output.Output.ShouldBe("");
        output.Error.ShouldContain("nodal: ");
        output.Error.ShouldNotContain("   at ");
        output.Error.ShouldNotContain("unexpected fault");
        foreach (var part in parts)
        {
            output.Error.ShouldContain(part);
        }
    }
}
