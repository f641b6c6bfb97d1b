using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Nodal.Runtime;

namespace Nodal.Cli.CommandLine;

/// <summary>Options with one word of a closed vocabulary, in any case; words of several parts with or without dashes.</summary>
internal static class WordOption
{
    public static Option<T?> Of<T>(string name, string description)
        where T : struct, Enum
    {
        var words = Vocabulary<T>();
        return new Option<T?>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            CustomParser = result => Parse<T>(result.Tokens[0].Value)
                ?? NumberOption.Refuse<T?>(result, name, $"one of {string.Join(", ", words)}"),
        };
    }

    /// <summary>Several words, separated by commas, in any order.</summary>
    public static Option<ImmutableArray<T>?> Several<T>(string name, string description)
        where T : struct, Enum => InOrder<T>(name, description, Enum.GetNames<T>());

    /// <summary>Several words, or the option alone, which stands for all of them and gives an empty array.</summary>
    public static Option<ImmutableArray<T>?> SeveralOrAll<T>(string name, string description)
        where T : struct, Enum
    {
        var option = InOrder<T>(name, description, Vocabulary<T>());
        option.Arity = ArgumentArity.ZeroOrOne;
        return option;
    }

    /// <summary>Several words, separated by commas, in their order.</summary>
    public static Option<ImmutableArray<T>?> List<T>(string name, string description)
        where T : struct, Enum => Several<T>(name, description, Vocabulary<T>(), named => named);

    private static Option<ImmutableArray<T>?> InOrder<T>(string name, string description, string[] words)
        where T : struct, Enum => Several<T>(name, description, words, named => [.. named.Order()]);

    private static Option<ImmutableArray<T>?> Several<T>(string name, string description, string[] words, Func<ImmutableArray<T>, ImmutableArray<T>> ordered)
        where T : struct, Enum => new(name)
        {
            Description = description,
            HelpName = "WORD,WORD,…",
            CustomParser = result => result.Tokens is [] ? ImmutableArray<T>.Empty : Each<T>(result, name, words) is { } named ? ordered(named) : null,
        };

    /// <summary>What an option names, by the words given for it: its value cannot be asked for in a validator, where a word that its own parser refuses would throw.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="option">Of one word or of several.</param>
    /// <param name="otherwise">What it stands for where it is not given.</param>
    /// <returns>Nothing where it stands alone, or with a word that names nothing.</returns>
    public static T[] Named<T>(CommandResult given, Option option, params T[] otherwise)
        where T : struct, Enum
    {
        if (!given.Gives(option))
        {
            return otherwise;
        }

        T?[] named = [.. given.GetResult(option)!.Tokens.SelectMany(token => token.Value.Split(',')).Select(Parse<T>)];
        return named.Contains(null) ? [] : [.. named.OfType<T>()];
    }

    /// <returns>The value named; nothing for another word, or for a number.</returns>
    public static T? Parse<T>(string word)
        where T : struct, Enum
    {
        var plain = word.Trim().Replace("-", "", StringComparison.Ordinal);
        return Enum.GetNames<T>().Contains(plain, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<T>(plain, ignoreCase: true) : null;
    }

    /// <returns>Each value once, in the order given; nothing, and an error, where a word names none.</returns>
    private static ImmutableArray<T>? Each<T>(ArgumentResult result, string name, IEnumerable<string> words)
        where T : struct, Enum =>
        result.Tokens[0].Value.Split(',').Select(Parse<T>).ToArray() is var named && named.All(word => word is not null)
            ? [.. named.Select(word => word!.Value).Distinct()]
            : NumberOption.Refuse<ImmutableArray<T>?>(result, name, $"some of {string.Join(", ", words)}, separated by commas");

    private static string[] Vocabulary<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(Words.Of)];
}
