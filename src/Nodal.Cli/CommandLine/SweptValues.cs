using System.Collections.Immutable;
using Nodal.Runtime;

namespace Nodal.Cli.CommandLine;

/// <summary>One <c>--over KEY=VALUE,VALUE</c>: an option of a run and the values it takes in a sweep.</summary>
/// <param name="Key">The option's long name without dashes.</param>
/// <param name="Values">At least one, each once.</param>
internal sealed record SweptValues(string Key, ImmutableArray<string> Values)
{
    /// <summary>Reads one; values are separated by commas, or, where there is one, by semicolons, so that values may hold commas.</summary>
    /// <exception cref="NodalException">It names no value, or one twice.</exception>
    public static SweptValues Parse(string text)
    {
        var (key, list) = text.Split('=', 2) is [var name, var rest] ? (name.Trim(), rest) : (text, "");
        string[] values = list.Split(list.Contains(';', StringComparison.Ordinal) ? ';' : ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (key.Length == 0 || values.Length == 0)
        {
            Throw.Usage("--over names no values", found: $"'{text}'", expected: "an option and its values, such as seed=0,1,2", remedy: "Add them");
        }

        if (values.GroupBy(value => value).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            Throw.Usage($"--over gives {key} a value twice", found: $"'{twice.Key}' in '{text}'", expected: "each value once", remedy: "Leave it out");
        }

        return new SweptValues(key, [.. values]);
    }
}
