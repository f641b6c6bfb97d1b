using System.Globalization;
using Nodal.Runtime;

namespace Nodal.Tokenization;

/// <summary>Typed access to the key-value metadata of a GGUF file; a value of another type is an error, not a default.</summary>
internal sealed class GgufMetadata(IReadOnlyDictionary<string, object> values)
{
    /// <summary>A string, or <see langword="null"/> where the key is absent.</summary>
    public string? Text(string key) => Optional<string>(key, "a string");

    /// <summary>A boolean, or <see langword="null"/> where the key is absent.</summary>
    public bool? Flag(string key) => values.ContainsKey(key) ? Required<bool>(key, "a boolean") : null;

    /// <summary>An integer of any width that fits an id, or <see langword="null"/> where the key is absent.</summary>
    public int? Id(string key)
    {
        if (!values.TryGetValue(key, out var value))
        {
            return null;
        }

        var number = AsInteger(value);
        if (number is null or < 0 or >= Vocabulary.MostIds)
        {
            ThrowWrong(key, Describe(value), $"a token id from 0 to {Vocabulary.MostIds - 1}");
        }

        return (int)number.Value;
    }

    /// <summary>Strings; the key must be there.</summary>
    public string[] Texts(string key) => Required<string[]>(key, "an array of strings");

    /// <summary>Floats, as many as given; the key must be there.</summary>
    public float[] Floats(string key, int count) => OfLength(key, Required<float[]>(key, "an array of float32"), count);

    /// <summary>Integers of any width, as many as given, or <see langword="null"/> where the key is absent.</summary>
    public int[]? Integers(string key, int count)
    {
        if (!values.TryGetValue(key, out var value))
        {
            return null;
        }

        long?[] numbers = value is Array array ? [.. array.Cast<object>().Select(AsInteger)] : [null];
        if (numbers.Any(number => number is null or < int.MinValue or > int.MaxValue))
        {
            ThrowWrong(key, Describe(value), "an array of 32-bit integers");
        }

        return OfLength(key, [.. numbers.Select(number => (int)number!.Value)], count);
    }

    private static T[] OfLength<T>(string key, T[] array, int count)
    {
        if (array.Length != count)
        {
            ThrowWrong(key, $"{array.Length} elements", $"{count}, as many as tokens");
        }

        return array;
    }

    private static long? AsInteger(object? value) => value switch
    {
        byte or sbyte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong number and <= long.MaxValue => (long)number,
        _ => null,
    };

    private T? Optional<T>(string key, string expected)
        where T : class => values.ContainsKey(key) ? Required<T>(key, expected) : null;

    private T Required<T>(string key, string expected)
    {
        if (!values.TryGetValue(key, out var value))
        {
            ThrowWrong(key, "nothing", expected);
        }

        if (value is not T)
        {
            ThrowWrong(key, Describe(value), expected);
        }

        return (T)value;
    }

    private static string Describe(object value) => value switch
    {
        string text => $"the string '{text}'",
        Array array => $"an array of {array.Length} {value.GetType().GetElementType()!.Name}",
        _ => $"{value.GetType().Name} {Convert.ToString(value, CultureInfo.InvariantCulture)}",
    };

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    private static void ThrowWrong(string key, string found, string expected) =>
        Throw.Input($"GGUF key {key} is not as a tokenizer needs it", found, expected, "convert the model again, or use its tokenizer.json");
}
