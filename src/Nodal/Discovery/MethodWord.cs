using System.Text.RegularExpressions;

namespace Nodal.Discovery;

/// <summary>Methods as files and results name them.</summary>
internal static partial class MethodWord
{
    /// <returns><c>ranking</c>, <c>attribution-patching</c>.</returns>
    public static string Of(DiscoveryMethod method) => Boundary().Replace(method.ToString(), "-").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex Boundary();
}
