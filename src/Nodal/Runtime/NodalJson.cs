using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nodal.Runtime;

/// <summary>How every JSON document of Nodal is written and read: camel case, enums by name, indented.</summary>
public static class NodalJson
{
    /// <summary>The options; frozen.</summary>
    public static JsonSerializerOptions Options { get; } = Make(indented: true);

    /// <summary>The same on one line, for files of one document a line.</summary>
    public static JsonSerializerOptions Line { get; } = Make(indented: false);

    /// <summary>Reads one document from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it should be, for the error text: <c>circuit</c>.</param>
    /// <exception cref="NodalException">The file cannot be read or is not such a document.</exception>
    public static T Read<T>(string path, string what)
        where T : class
    {
        try
        {
            using var stream = File.OpenRead(path);
            if (JsonSerializer.Deserialize<T>(stream, Options) is { } document)
            {
                return document;
            }

            Throw.Input($"{path} is no {what}", found: "null", expected: "a JSON object", remedy: "Check the path");
        }
        catch (JsonException fault)
        {
            Throw.Input($"{path} is no {what}", found: fault.Message.TrimEnd('.'), expected: $"a {what} as Nodal writes it", remedy: "Check the path, or make the file again", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Throw.Input($"{path} cannot be read", found: fault.Message.TrimEnd('.'), expected: $"a {what}", remedy: "Check the path and its permissions", fault);
        }

        return null;
    }

    private static JsonSerializerOptions Make(bool indented)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            WriteIndented = indented,
            AllowTrailingCommas = false,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
            Converters = { new JsonStringEnumConverter() },
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
