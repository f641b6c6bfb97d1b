using System.Diagnostics.CodeAnalysis;

namespace Nodal.Runtime;

/// <summary>The one way to raise a <see cref="NodalException"/>. Parts are written without a final full stop.</summary>
public static class Throw
{
    /// <summary>A file, model, task or machine is not as it must be.</summary>
    [DoesNotReturn]
    public static void Input(string what, string found, string expected, string remedy, Exception? cause = null) =>
        throw new NodalException(FaultKind.Input, what, found, expected, remedy, cause);

    /// <summary>An option or argument is not as it must be.</summary>
    [DoesNotReturn]
    public static void Usage(string what, string found, string expected, string remedy, Exception? cause = null) =>
        throw new NodalException(FaultKind.Usage, what, found, expected, remedy, cause);
}
