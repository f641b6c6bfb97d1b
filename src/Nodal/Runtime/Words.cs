using System.Text.RegularExpressions;

namespace Nodal.Runtime;

/// <summary>Values of a closed vocabulary as the command line, files and results name them.</summary>
public static partial class Words
{
    /// <summary>The word of a value.</summary>
    /// <returns><c>ranking</c>, <c>attribution-patching</c>.</returns>
    public static string Of<T>(T value)
        where T : struct, Enum => Boundary().Replace(value.ToString(), "-").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex Boundary();
}
