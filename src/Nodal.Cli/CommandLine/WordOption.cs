using System.CommandLine;

namespace Nodal.Cli.CommandLine;

/// <summary>Options with one word of a closed vocabulary, in any case.</summary>
internal static class WordOption
{
    public static Option<T?> Of<T>(string name, string description)
        where T : struct, Enum
    {
        var words = Enum.GetNames<T>().Select(word => word.ToLowerInvariant()).ToArray();
        return new Option<T?>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            CustomParser = result => words.Contains(result.Tokens[0].Value.ToLowerInvariant())
                ? Enum.Parse<T>(result.Tokens[0].Value, ignoreCase: true)
                : NumberOption.Refuse<T?>(result, name, $"one of {string.Join(", ", words)}"),
        };
    }
}
