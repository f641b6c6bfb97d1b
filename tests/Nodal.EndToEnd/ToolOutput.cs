using System.Text.Json.Nodes;

namespace Nodal.EndToEnd;

/// <summary>What a call of the tool gave.</summary>
internal sealed record ToolOutput(int ExitCode, string Output, string Error)
{
    /// <summary>Stdout as the one JSON document it must be.</summary>
    public JsonNode Json => JsonNode.Parse(Output)!;

    /// <summary>This output, of a call that must have gone well.</summary>
    public ToolOutput Successful()
    {
        ExitCode.ShouldBe(0, Error);
        return this;
    }
}
