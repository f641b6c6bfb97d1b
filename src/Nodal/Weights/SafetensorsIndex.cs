using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Nodal.Runtime;

namespace Nodal.Weights;

/// <summary>A <c>model.safetensors.index.json</c>: which tensor is in which shard.</summary>
/// <param name="ShardOf">File name (without folder) by tensor name.</param>
internal sealed record SafetensorsIndex(IReadOnlyDictionary<string, string> ShardOf)
{
    private const int LongestIndex = 64 << 20;

    /// <summary>Reads and checks an index file.</summary>
    public static SafetensorsIndex Read(string path)
    {
        var file = Path.GetFileName(path);
        try
        {
            return new SafetensorsIndex(ReadShards(file, Content(path)));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Utf8JsonReader says InvalidOperationException where a string is no valid UTF-8.
            Throw.Input($"{file} is no valid JSON", fault.Message.TrimEnd('.'), "the index of a sharded safetensors model", "Get the file again", fault);
            throw;
        }
    }

    private static byte[] Content(string path)
    {
        using var stream = ModelPath.OpenFile(path);
        if (stream.Length > LongestIndex)
        {
            Throw.Input($"{path} is no index of safetensors shards", $"{stream.Length} bytes", $"at most {LongestIndex}", "Get the file again");
        }

        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static Dictionary<string, string> ReadShards(string file, byte[] content)
    {
        Dictionary<string, string>? shards = null;
        var json = new Utf8JsonReader(content, new JsonReaderOptions { MaxDepth = 8 });
        Expect(file, ref json, JsonTokenType.StartObject, "the index");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("weight_map") && shards is null)
            {
                shards = ReadMap(file, ref json);
            }
            else if (json.ValueTextEquals("weight_map"))
            {
                Fault(file, "two weight_maps", "one");
            }
            else
            {
                json.Skip();
            }
        }

        // Reading past the end makes the reader refuse anything but white space after the object.
        json.Read();
        if (shards is not { Count: > 0 })
        {
            Fault(file, "no weight_map, or an empty one", "a weight_map from tensor names to file names");
        }

        return shards;
    }

    private static Dictionary<string, string> ReadMap(string file, ref Utf8JsonReader json)
    {
        var shards = new Dictionary<string, string>(StringComparer.Ordinal);
        Expect(file, ref json, JsonTokenType.StartObject, "weight_map");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var tensor = json.GetString()!;
            Expect(file, ref json, JsonTokenType.String, $"weight_map, {Quoted.Name(tensor)}");
            if (!shards.TryAdd(tensor, ShardName(file, json.GetString()!)))
            {
                Fault(file, $"{Quoted.Name(tensor)} twice in weight_map", "every tensor once");
            }
        }

        return shards;
    }

    private static string ShardName(string file, string name)
    {
        if (name.AsSpan().ContainsAny("/\\:\0") || !name.EndsWith(".safetensors", StringComparison.Ordinal))
        {
            Throw.Input(
                $"{file} names a shard that may not be opened", Quoted.Name(name), "a .safetensors file in the folder of the index, by its name alone",
                "The index is damaged or hostile; get it again from a source you trust");
        }

        return name;
    }

    private static void Expect(string file, ref Utf8JsonReader json, JsonTokenType expected, string what)
    {
        json.Read();
        if (json.TokenType != expected)
        {
            Fault(file, $"{json.TokenType} for {what}", $"{expected}");
        }
    }

    [DoesNotReturn]
    private static void Fault(string file, string found, string expected) =>
        Throw.Input($"{file} is no index of safetensors shards", found, expected, "Get the file again");
}
