using System.Text.Json;
using Nodal.Runtime;

namespace Nodal.Models;

/// <summary>Typed, checked access to the fields of a <c>config.json</c>.</summary>
internal static class JsonFields
{
    public static int Positive(this JsonElement config, string name, int? fallback = null)
    {
        if (config.Find(name) is not { } field)
        {
            return fallback ?? Missing(name);
        }

        if (field.ValueKind != JsonValueKind.Number || !field.TryGetInt32(out var value) || value <= 0 || value > 1 << 24)
        {
            Throw.Input(
                $"config.json has no usable '{name}'", found: field.ToString(), expected: "a whole number from 1 to 16777216",
                remedy: "Take the config.json that belongs to the weights");
            return 0;
        }

        return value;
    }

    public static double Number(this JsonElement config, string name, double? fallback = null)
    {
        if (config.Find(name) is not { } field)
        {
            return fallback ?? Missing(name);
        }

        if (field.ValueKind != JsonValueKind.Number || !double.IsFinite(field.GetDouble()) || field.GetDouble() <= 0)
        {
            Throw.Input(
                $"config.json has no usable '{name}'", found: field.ToString(), expected: "a positive number",
                remedy: "Take the config.json that belongs to the weights");
        }

        return field.GetDouble();
    }

    public static bool Flag(this JsonElement config, string name, bool fallback) =>
        config.Find(name) is { } field ? field.ValueKind == JsonValueKind.True : fallback;

    public static string Text(this JsonElement config, string name, string fallback) =>
        config.Find(name) is { ValueKind: JsonValueKind.String } field ? field.GetString()! : fallback;

    /// <summary>The field, or <see langword="null"/> where it is absent or null.</summary>
    public static JsonElement? Find(this JsonElement config, string name) =>
        config.ValueKind == JsonValueKind.Object && config.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null
            ? field
            : null;

    private static int Missing(string name)
    {
        Throw.Input(
            $"config.json lacks '{name}'", found: "no such field", expected: "a positive number",
            remedy: "Take the config.json that belongs to the weights");
        return 0;
    }
}
