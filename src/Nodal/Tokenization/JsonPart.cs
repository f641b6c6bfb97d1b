using System.Text.Json;
using Nodal.Runtime;

namespace Nodal.Tokenization;

/// <summary>A value in a JSON file together with its place there, so that every fault can name it.</summary>
internal readonly struct JsonPart(JsonElement element, string place)
{
    private const long MostBytes = 256L << 20;

    /// <summary>File and path within it: <c>tokenizer.json: model.vocab</c>.</summary>
    public string Place { get; } = place;

    /// <summary>Whether it is a JSON object.</summary>
    public bool IsObject => element.ValueKind == JsonValueKind.Object;

    /// <summary>Whether it is a JSON array.</summary>
    public bool IsArray => element.ValueKind == JsonValueKind.Array;

    /// <summary>Reads a whole file; what <paramref name="read"/> gives back must not hold on to the part.</summary>
    /// <exception cref="NodalException">The file is absent, too large or not a JSON object.</exception>
    public static T ReadFile<T>(string path, Func<JsonPart, T> read)
    {
        var name = Path.GetFileName(path);
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > MostBytes)
            {
                Throw.Input($"{name} is too large for a tokenizer", $"{file.Length} bytes", $"at most {MostBytes}", "check that it is the tokenizer's file");
            }

            using var document = JsonDocument.Parse(file);
            var root = new JsonPart(document.RootElement, name + ":");
            root.Require(JsonValueKind.Object, "an object");
            return read(root);
        }
        catch (JsonException fault)
        {
            Throw.Input($"{name} is not JSON", fault.Message.TrimEnd('.'), "a whole JSON document", "download the file again", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Throw.Input($"{name} cannot be read", fault.Message.TrimEnd('.'), "a readable file", "check the path and its permissions", fault);
        }

        return default;
    }

    /// <summary>A member, or <see langword="null"/> where it is absent or JSON's null.</summary>
    public JsonPart? Optional(string name)
    {
        Require(JsonValueKind.Object, "an object");
        return element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? new JsonPart(member, $"{Place} {name}") : null;
    }

    /// <summary>A member that must be there.</summary>
    public JsonPart Required(string name)
    {
        if (Optional(name) is not { } member)
        {
            ThrowWrong($"no '{name}'", $"a value for '{name}'");
            return default;
        }

        return member;
    }

    /// <summary>A string.</summary>
    public string AsText()
    {
        Require(JsonValueKind.String, "a string");
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            ThrowWrong("half of a surrogate pair", "a string of whole characters");
            return "";
        }
    }

    /// <summary>A 32-bit integer.</summary>
    public int AsInteger()
    {
        if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt32(out var value))
        {
            ThrowWrong(Shown(), "a 32-bit integer");
            return 0;
        }

        return value;
    }

    /// <summary>A float.</summary>
    public float AsFloat()
    {
        Require(JsonValueKind.Number, "a number");
        return element.GetSingle();
    }

    /// <summary>A boolean.</summary>
    public bool AsFlag()
    {
        if (element.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            ThrowWrong(Shown(), "true or false");
        }

        return element.GetBoolean();
    }

    /// <summary>The member's boolean, or the default where it is absent.</summary>
    public bool Flag(string name, bool otherwise) => Optional(name)?.AsFlag() ?? otherwise;

    /// <summary>The elements of an array.</summary>
    public IEnumerable<JsonPart> Elements()
    {
        Require(JsonValueKind.Array, "an array");
        var place = Place;
        return element.EnumerateArray().Select((item, at) => new JsonPart(item, $"{place}[{at}]"));
    }

    /// <summary>The members of an object whose values are integers; a name that comes twice is given twice.</summary>
    public List<KeyValuePair<string, int>> IntegerMembers()
    {
        Require(JsonValueKind.Object, "an object from pieces to ids");
        var members = new List<KeyValuePair<string, int>>();
        foreach (var member in element.EnumerateObject())
        {
            var name = NameOf(member);
            members.Add(new(name, new JsonPart(member.Value, $"{Place} '{name}'").AsInteger()));
        }

        return members;
    }

    /// <summary>Raises the fault that this part is not as expected.</summary>
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    public void ThrowWrong(string found, string expected, string remedy = "download the file again") =>
        Throw.Input($"{Place} is not as a tokenizer needs it", found, expected, remedy);

    private string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            ThrowWrong("a name with half of a surrogate pair", "names of whole characters");
            return "";
        }
    }

    private void Require(JsonValueKind kind, string expected)
    {
        if (element.ValueKind != kind)
        {
            ThrowWrong(Shown(), expected);
        }
    }

    private string Shown()
    {
        var text = element.GetRawText();
        return element.ValueKind == JsonValueKind.Undefined ? "nothing" : text.Length > 60 ? text[..60] + "…" : text;
    }
}
