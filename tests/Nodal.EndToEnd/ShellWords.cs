using System.Text.RegularExpressions;

namespace Nodal.EndToEnd;

/// <summary>Words of a command line as a shell sees them, as far as documents need it: quotes and comments.</summary>
internal static partial class ShellWords
{
    public static string[] Of(string line) =>
        [.. Word().Matches(Comment().Replace(line, "")).Select(word => word.Value.Trim('\'', '"'))];

    [GeneratedRegex("""'[^']*'|"[^"]*"|\S+""")]
    private static partial Regex Word();

    [GeneratedRegex(@"(^|\s)#.*$")]
    private static partial Regex Comment();
}
