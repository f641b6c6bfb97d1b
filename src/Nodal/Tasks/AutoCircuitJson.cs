using System.Text.Json;
using Nodal.Runtime;

namespace Nodal.Tasks;

/// <summary>Reads AutoCircuit's JSON: one object whose <c>prompts</c> are pairs.</summary>
internal static class AutoCircuitJson
{
    /// <summary>Whether the text is one object with <c>prompts</c>; reads no further than that name.</summary>
    public static bool Matches(string text)
    {
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text));
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("prompts"))
                    return true;
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // Then it is for the reader of JSON lines to say which line is wrong.
        }

        return false;
    }

    public static IReadOnlyList<PromptPair> Read(string text, string name)
    {
        using var document = Parse(text, name);
        var prompts = document.RootElement.GetProperty("prompts");
        if (prompts.ValueKind != JsonValueKind.Array)
        {
            Throw.Input(
                $"{name} has no usable 'prompts'", found: Excerpt.Of(prompts.GetRawText()), expected: "a list of objects",
                remedy: "Correct the file, or give another");
        }

        return [.. prompts.EnumerateArray().Select((element, index) => Entry(element, index, name))];
    }

    /// <summary>The fields of one entry, in the list or on a line of its own.</summary>
    public static PromptPair Pair(JsonRow row) => new()
    {
        Clean = row.Text("clean"),
        Corrupted = row.Text("corrupt"),
        Answers = row.Texts("answers"),
        Foils = row.Texts("wrong_answers"),
    };

    private static PromptPair Entry(JsonElement element, int index, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Throw.Input(
                $"{name}, prompts[{index}] is not an object", found: Excerpt.Of(element.GetRawText()),
                expected: "an object with clean, corrupt, answers, wrong_answers", remedy: "Correct the entry, or remove it");
        }

        return Pair(new JsonRow(element, $"{name}, prompts[{index}]")) with { Origin = $"prompts[{index}]" };
    }

    private static JsonDocument Parse(string text, string name)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException fault)
        {
            Throw.Input(
                $"{name}, line {fault.LineNumber + 1} is not JSON", found: "text that breaks off or is malformed there",
                expected: "one object with the list 'prompts'", remedy: "Correct the line, or give another file", fault);
            return null;
        }
    }
}
