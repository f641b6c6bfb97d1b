namespace Nodal.Discovery;

/// <summary>Methods as files and results name them.</summary>
internal static class MethodWord
{
    /// <returns><c>ranking</c> or <c>paper</c>.</returns>
    public static string Of(DiscoveryMethod method) => method.ToString().ToLowerInvariant();
}
