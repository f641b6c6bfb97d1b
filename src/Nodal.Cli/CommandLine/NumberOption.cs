using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Nodal.Cli.CommandLine;

/// <summary>Options with numbers, read the same way in every country; the library says which values can work.</summary>
internal static class NumberOption
{
    public static Option<int?> Whole(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => ParseWhole(Text(result)) ?? Refuse<int?>(result, name, "a whole number, such as 200"),
    };

    public static Option<double?> Real(string name, string description, string valueName) => new(name)
    {
        Description = description,
        HelpName = valueName,
        CustomParser = result => Parse(Text(result)) ?? Refuse<double?>(result, name, "a number, such as 0.1"),
    };

    /// <summary>Fractions in (0, 1], separated by commas.</summary>
    public static Option<ImmutableArray<double>?> Fractions(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "F,F,…",
        CustomParser = result => Text(result).Split(',').Select(Parse).ToArray() is var values && values.All(value => value is > 0 and <= 1)
            ? [.. values.Select(value => value!.Value)] : Refuse<ImmutableArray<double>?>(result, name, "fractions above 0 and at most 1, such as 0.05,0.1,0.2"),
    };

    /// <summary>An amount of memory in bytes.</summary>
    public static Option<long?> Bytes(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SIZE",
        CustomParser = result => ByteSize.Parse(Text(result)) ?? Refuse<long?>(result, name, "a size such as 8GiB or 500MB"),
    };

    /// <summary>Says what was found and what was expected.</summary>
    public static T? Refuse<T>(ArgumentResult result, string name, string expected)
    {
        result.AddError($"{name} cannot be read: found '{Text(result)}'; expected {expected}.");
        return default;
    }

    /// <returns>The number; nothing for another text.</returns>
    public static double? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <returns>The whole number; nothing for another text.</returns>
    public static int? ParseWhole(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string Text(ArgumentResult result) => result.Tokens[0].Value;
}
