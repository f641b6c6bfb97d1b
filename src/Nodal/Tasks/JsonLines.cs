using System.Text.Json;
using Nodal.Runtime;

namespace Nodal.Tasks;

/// <summary>Reads JSON lines: Nodal's own and Edge-Pruning's; the first row's fields say which.</summary>
internal static class JsonLines
{
    public static (PairsFormat Format, IReadOnlyList<PromptPair> Pairs) Read(string text, string name, PairRows rows)
    {
        Func<JsonRow, PromptPair?>? toPair = null;
        var format = PairsFormat.Nodal;
        var pairs = new List<PromptPair>();
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (line.IsWhiteSpace())
                continue;

            using var document = Parse(line.ToString(), $"{name}, line {number}");
            var row = new JsonRow(document.RootElement, $"{name}, line {number}");
            if (toPair is null)
                (format, toPair) = ReaderFor(row, rows);

            if (toPair(row) is { } pair)
                pairs.Add(pair with { Origin = pair.Origin.Length > 0 ? pair.Origin : $"line {number}" });
        }

        return (format, pairs);
    }

    private static (PairsFormat Format, Func<JsonRow, PromptPair?> Reader) ReaderFor(JsonRow row, PairRows rows)
    {
        if (row.Has("ioi_sentences"))
            return (PairsFormat.EdgePruning, EdgePruningRows.Ioi);
        if (row.Has("prefix") && row.Has("pronoun"))
            return (PairsFormat.EdgePruning, EdgePruningRows.GenderedPronoun);
        if (row.Has("prefix") && row.Has("digits"))
            return (PairsFormat.EdgePruning, row => EdgePruningRows.GreaterThan(row, rows));
        if (row.Has("input") && row.Has("target"))
            return (PairsFormat.EdgePruning, EdgePruningRows.BooleanExpression);
        return row.Has("wrong_answers") ? (PairsFormat.AutoCircuit, AutoCircuitJson.Pair) : (PairsFormat.Nodal, Pair);
    }

    private static PromptPair Pair(JsonRow row) => new()
    {
        Clean = row.Text("clean"),
        Corrupted = row.Text("corrupted"),
        Answers = row.Texts("answer"),
        Foils = row.Texts("foil"),
        Origin = row.Has("origin") ? row.Text("origin") : "",
    };

    private static JsonDocument Parse(string line, string place)
    {
        JsonException? cause = null;
        try
        {
            var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
        }
        catch (JsonException fault)
        {
            cause = fault;
        }

        Throw.Input(
            $"{place} is not a JSON object", found: Excerpt.Of(line), expected: "one whole object on each line, {\"clean\": …, \"corrupted\": …}",
            remedy: "Correct the line, or remove it", cause);
        return null;
    }
}
