using System.Collections.Immutable;
using System.Text.Json;
using Nodal.Runtime;

namespace Nodal.Tasks;

/// <summary>Checked access to one object of a pairs file.</summary>
/// <param name="Element">The object.</param>
/// <param name="Place">Where it stands, for errors: <c>pairs.jsonl, line 12</c>.</param>
internal readonly record struct JsonRow(JsonElement Element, string Place)
{
    public bool Has(string field) => Element.TryGetProperty(field, out _);

    /// <summary>A text field.</summary>
    public string Text(string field) => AsText(Field(field, "a text"), field);

    /// <summary>A text field, or a list of texts.</summary>
    public ImmutableArray<string> Texts(string field)
    {
        var (value, row) = (Field(field, "a text or a list of texts"), this);
        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => row.AsText(item, field))] : [AsText(value, field)];
    }

    private JsonElement Field(string field, string expected)
    {
        if (!Element.TryGetProperty(field, out var value))
        {
            Throw.Input(
                $"{Place} lacks the field '{field}'", found: $"the fields {string.Join(", ", Element.EnumerateObject().Select(property => property.Name))}",
                expected: $"'{field}', {expected}", remedy: "Add the field, or remove the row");
        }

        return value;
    }

    private string AsText(JsonElement value, string field)
    {
        Exception? cause = null;
        try
        {
            if (value.ValueKind == JsonValueKind.String)
                return value.GetString()!;
        }
        catch (InvalidOperationException fault)
        {
            // Half a surrogate pair, written as an escape: JSON allows it, no text does.
            cause = fault;
        }

        Throw.Input(
            $"{Place} has no usable '{field}'", found: Excerpt.Of(value.GetRawText()), expected: "text in quotes, of whole characters",
            remedy: "Correct the field, or remove the row", cause);
        return "";
    }
}
