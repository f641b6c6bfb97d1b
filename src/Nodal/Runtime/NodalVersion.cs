using System.Reflection;

namespace Nodal.Runtime;

/// <summary>Which Nodal this is; written into every artifact.</summary>
public static class NodalVersion
{
    private static readonly string[] Parts =
        (typeof(NodalVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0").Split('+', 2);

    /// <summary>The release: <c>0.1.0</c>.</summary>
    public static string Current => Parts[0];

    /// <summary>The commit it was built from, or <see langword="null"/> where it was built outside a repository.</summary>
    public static string? Commit => Parts.Length > 1 ? Parts[1] : null;
}
