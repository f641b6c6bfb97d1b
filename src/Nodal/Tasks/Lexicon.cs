using System.Text.Json;

namespace Nodal.Tasks;

/// <summary>Reads the word lists that are embedded in the library (<c>assets/lexicons</c>).</summary>
internal static class Lexicon
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static T Json<T>(string file) =>
        JsonSerializer.Deserialize<T>(Text(file), Options) ?? throw new InvalidDataException($"the embedded {file} is empty");

    public static string[] Lines(string file) => Text(file).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Text(string file)
    {
        using var stream = typeof(Lexicon).Assembly.GetManifestResourceStream($"lexicons/{file}")
            ?? throw new InvalidDataException($"the library was built without {file}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
