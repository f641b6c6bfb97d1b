using System.Text.Json.Nodes;

namespace Nodal.EndToEnd;

/// <summary>Compares runs bit by bit, in all but what differs from call to call.</summary>
internal static class RunBits
{
    private static readonly string[] OfTheCall = ["seconds", "peakMemoryBytes", "run"];

    /// <summary>The same files; ranking and circuit with the same bytes; evaluation and metrics with the same numbers, but for time, memory and place.</summary>
    public static void ShouldBeSame(string run, string other)
    {
        Names(run).ShouldBe(Names(other), run);
        foreach (var file in new[] { "ranking.safetensors", "circuit.json" })
        {
            File.ReadAllBytes(Path.Combine(run, file)).ShouldBe(File.ReadAllBytes(Path.Combine(other, file)), $"{file} of {run}");
        }

        Numbers(File.ReadAllText(Path.Combine(run, "evaluation.json"))).ShouldBe(Numbers(File.ReadAllText(Path.Combine(other, "evaluation.json"))), run);
        Metrics(run).ShouldBe(Metrics(other), run);
    }

    private static string[] Names(string run) => [.. Directory.EnumerateFileSystemEntries(run).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];

    private static string[] Metrics(string run) => [.. File.ReadLines(Path.Combine(run, "metrics.jsonl")).Select(Numbers)];

    private static string Numbers(string json)
    {
        var document = JsonNode.Parse(json)!.AsObject();
        document.ContainsKey("seconds").ShouldBeTrue();
        foreach (var field in OfTheCall)
        {
            document.Remove(field);
        }

        return document.ToJsonString();
    }
}
